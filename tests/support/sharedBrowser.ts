// The browser that all journeys of a run share.
import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';
import { askDesk } from './desk.ts';

/** What is opened in it is closed, and nothing else, when the caller closes it. */
export async function sharedBrowser(): Promise<Browser> {
  return chromium.connect(await askDesk<string>(inject('browserDesk'), 'The browser'));
}
