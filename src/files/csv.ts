// One line of a CSV file as RFC 4180 has it, with texts that no spreadsheet takes for a formula.

/**
 * A text of somebody else's. One that begins like a formula gets an apostrophe in front, as does
 * one that begins with an apostrophe itself: so a reader takes one leading apostrophe away and has
 * the text as it was.
 */
export function foreignText(text: string): string {
  return /^[=+\-@\t\r\n']/.test(text) ? `'${text}` : text;
}

function field(value: string): string {
  const isPlain = !/[",\r\n]/.test(value) && value === value.trim();
  return isPlain ? value : `"${value.replaceAll('"', '""')}"`;
}

/** A record with its line end, which is CR LF everywhere. */
export function csvLine(values: readonly string[]): string {
  return `${values.map(field).join(',')}\r\n`;
}

/** Between the sections of a file. */
export const sectionEnd = '\r\n';

/** The last line: who does not see it has not got the whole file. */
export const fileEnd = '<END>\r\n';
