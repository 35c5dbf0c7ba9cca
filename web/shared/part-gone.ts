// The pages were built anew while one of them was open: the parts it still names are gone.

const signs = /preload CSS|dynamically imported module|Importing a module script failed/i;

/** Whether a part of the pages could not be fetched, in the words of Chrome, Firefox or Safari. */
export function isPartGone(error: unknown): boolean {
  return error instanceof Error && signs.test(error.message);
}

/**
 * Loads the page anew, which names the new parts; once for each lost part, so that one which is
 * really missing does not load the page for ever. Answers whether the page is on its way.
 */
export function loadNewVersion(error: unknown): boolean {
  if (!isPartGone(error)) return false;
  const name = `part-gone:${(error as Error).message}`;
  if (sessionStorage.getItem(name) !== null) return false;
  sessionStorage.setItem(name, 'yes');
  window.location.reload();
  return true;
}
