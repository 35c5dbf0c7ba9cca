// What every page owes to everybody: one heading, names on all that can be pressed, a focus that
// can be seen, no sideways scrolling. And how the books are read from a payment's page.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Checks the page as it stands now. */
export async function expectGoodPage(page: Page): Promise<void> {
  const address = page.url();
  expect(await page.locator('h1').count(), `headings of ${address}`).toBe(1);
  expect(await unnamed(page), `without a name on ${address}`).toEqual([]);
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways, `pixels to scroll sideways on ${address}`).toBe(0);
}

/** The controls that a screen reader could only call "button" or "link". */
async function unnamed(page: Page): Promise<string[]> {
  const tree = await page.locator('body').ariaSnapshot();
  const control = /^- (button|link|textbox|searchbox|combobox|tab|checkbox)\b(?! ")/;
  return tree.split('\n').filter((line) => control.test(line.trim()));
}

/** Presses the Tab key that often: each stop must look different with the focus on it. */
export async function expectVisibleFocus(page: Page, presses: number): Promise<void> {
  const unseen: string[] = [];
  let stops = 0;
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return undefined;
      // A file field is as small as a dot; its label shows the focus for it.
      const shown = element.closest('label') ?? element;
      // A link that stands for its whole row draws the outline behind itself.
      const look = () =>
        ['', '::after'].map((part) => getComputedStyle(shown, part).outlineStyle).join(' ');
      const focused = look();
      element.blur();
      const changes = focused !== look();
      element.focus();
      return { name: element.outerHTML.slice(0, 120), changes };
    });
    // Behind the last stop of a page is the browser itself, then the first stop again.
    if (stop === undefined) continue;
    stops += 1;
    if (!stop.changes) unseen.push(stop.name);
  }
  expect(unseen, `stops on ${page.url()} whose focus cannot be seen`).toEqual([]);
  expect(stops, `stops on ${page.url()}`).toBeGreaterThan(presses / 2);
}

/**
 * A picture of the whole page for whoever wants to look at it: `WAYFARE_PICTURES` names the
 * directory.
 */
export async function picture(page: Page, name: string): Promise<void> {
  const directory = process.env.WAYFARE_PICTURES;
  if (directory) await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true });
}

interface PostedLine {
  readonly debit: string;
  readonly credit: string;
  readonly reason: string;
  readonly currency: string;
  readonly minor: bigint;
}

/** The postings as the page's table says them. */
export async function readPostings(table: Locator): Promise<PostedLine[]> {
  const rows = await table.locator('tbody tr').all();
  return Promise.all(
    rows.map(async (row) => {
      const [debit = '', credit = '', reason = '', amount = ''] = await row
        .locator('td')
        .allInnerTexts();
      const [figure = '', currency = ''] = amount.split(/\s+/);
      return { debit, credit, reason, currency, minor: BigInt(figure.replace(/[.,]/g, '')) };
    }),
  );
}

/** What each account of a currency is debited for, less what it is credited. */
export function netByAccount(lines: readonly PostedLine[]): Map<string, bigint> {
  const net = new Map<string, bigint>();
  for (const { debit, credit, minor } of lines) {
    net.set(debit, (net.get(debit) ?? 0n) + minor);
    net.set(credit, (net.get(credit) ?? 0n) - minor);
  }
  return net;
}
