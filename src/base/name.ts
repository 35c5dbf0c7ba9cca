// Names of people: two ways to write one name are one person.

/** How names are compared: without regard to case, spaces and forms of one letter. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
