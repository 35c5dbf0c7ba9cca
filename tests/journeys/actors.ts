// The people of the journeys: a visitor and a shopkeeper, each with a window, who do what is
// written on the screen in their language.
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { en, type Words } from '../../web/shared/locales/en.ts';
import { zh } from '../../web/shared/locales/zh.ts';
import { openPage, type PageSize } from '../support/browser.ts';

/** A language, the size of the windows, and the words that the screens must show. */
export interface Setting {
  readonly size: PageSize;
  readonly locale: 'en-GB' | 'zh-CN';
  /** What the page says about its language. */
  readonly lang: 'en' | 'zh-CN';
  readonly words: Words;
}

export const englishPhone: Setting = { size: 'phone', locale: 'en-GB', lang: 'en', words: en };
export const englishDesktop: Setting = { size: 'desktop', locale: 'en-GB', lang: 'en', words: en };
export const chineseDesktop: Setting = {
  size: 'desktop',
  locale: 'zh-CN',
  lang: 'zh-CN',
  words: zh,
};

export const chinesePhone: Setting = { ...chineseDesktop, size: 'phone' };

export const noodleTill = '/till/CHENGDU_PAY/TILL-NOODLES-1';
export const wrongPin = '111111';
export const rightPin = '123456';

/** A window; `close` fails the journey if anything went wrong in it that nobody expected. */
export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly words: Words;
  /** Closes it. `provoked` are parts of the complaints that the journey provoked. */
  close(provoked?: readonly string[]): Promise<void>;
}

/**
 * Opens a window on an address and waits until the page has a heading. `prepare` is done before,
 * for example to answer calls in the server's place.
 */
export async function openWindow(
  browser: Browser,
  url: string,
  { size, locale, words }: Setting,
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<Window> {
  const { page, context, problems } = await openPage(browser, size, { locale });
  await prepare(page);
  await page.goto(url);
  await page.locator('h1').waitFor();
  return {
    page,
    context,
    words,
    async close(provoked = []) {
      const others = problems.filter((problem) => !provoked.some((each) => problem.includes(each)));
      await context.close();
      expect(others).toEqual([]);
    },
  };
}

/** A button by its full name. */
export function button({ page }: Pick<Window, 'page'>, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** The screen on which a payment stands at the till or in the wallet. */
export function screen({ page }: Pick<Window, 'page'>, name: string): Locator {
  return page.locator(`[data-screen="${name}"]`);
}

/** Presses the keys of a keypad, one after the other. */
export async function press(window: Window, keys: string): Promise<void> {
  for (const key of keys) await button(window, key).click();
}

/** The shopkeeper types an amount and shows the code for it. */
export async function showOrderCode(till: Window, amount: string): Promise<void> {
  await press(till, amount);
  await button(till, till.words.till.showCode).click();
  await till.page.getByRole('img', { name: till.words.till.qr }).waitFor();
}

/** The visitor opens the payment code; resolves to its digits. */
export async function showPaymentCode(visitor: Window): Promise<string> {
  await visitor.page.getByRole('link', { name: visitor.words.visitor.payHelp }).click();
  const digits = visitor.page.getByText(/^(\d{4} ){5}\d{4}$/);
  return ((await digits.textContent()) ?? '').replaceAll(' ', '');
}

/** The shopkeeper types an amount, then the digits of the visitor's code. */
export async function collect(till: Window, amount: string, code: string): Promise<void> {
  const { words, page } = till;
  await press(till, amount);
  await button(till, words.till.scanCode).click();
  await page.getByLabel(words.till.codeLabel).fill(code);
  await button(till, words.till.charge).click();
}

/** Every screen that the page shows from now on, in its order, none left out. */
export async function recordScreens(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seenScreens: seen });
    const look = () => {
      const now = document.querySelector('[data-screen]')?.getAttribute('data-screen');
      if (now && seen.at(-1) !== now) seen.push(now);
    };
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-screen'],
    });
  });
  return () =>
    page.evaluate(() => (globalThis as unknown as { seenScreens: string[] }).seenScreens);
}
