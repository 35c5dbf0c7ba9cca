// Times as they are typed into the ledger's pages: at UTC+8, the network's own clock.

const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

/** Whether a text is a time as a browser's field gives it: `2026-11-22T18:00`. */
export function isTypedTime(text: string): boolean {
  return form.test(text) && !Number.isNaN(Date.parse(`${text}+08:00`));
}

/** The instant of such a time, as ISO 8601. */
export function typedToIso(text: string): string {
  return new Date(`${text}+08:00`).toISOString();
}
