// Elements of an XML document written as text; what stands in them cannot break out of them.

/** Written elements, ready to stand in another. */
export interface Xml {
  readonly text: string;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Characters that XML 1.0 does not know, as most control characters, become a question mark. */
const unknown = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** An element with a text or with other elements; those that are undefined are left out. */
export function element(
  name: string,
  content: string | readonly (Xml | undefined)[],
  attributes: Readonly<Record<string, string>> = {},
): Xml {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value).replaceAll('"', '&quot;')}"`)
    .join('');
  const inside =
    typeof content === 'string'
      ? escaped(content)
      : content.map((each) => each?.text ?? '').join('');
  return { text: `<${name}${written}>${inside}</${name}>` };
}

function escaped(text: string): string {
  return text.replace(unknown, '?').replace(/[&<>]/g, (sign) => escapes[sign] ?? sign);
}

/** A whole document of ISO 20022 of a message's name, as `camt.053.001.08`. */
export function isoDocument(message: string, content: Xml): string {
  const xmlns = `urn:iso:std:iso:20022:tech:xsd:${message}`;
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  return `${head}\n${element('Document', [content], { xmlns }).text}\n`;
}
