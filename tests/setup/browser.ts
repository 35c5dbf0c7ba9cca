// One browser for the whole run: every journey opens windows of its own in it.
import type { BrowserServer } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { serveBrowser } from '../support/browser.ts';
import { openDesk } from './desk.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Port of 127.0.0.1 that tells where the browser is; see tests/support/sharedBrowser.ts. */
    browserDesk: number;
  }
}

/** Opens the desk; who looks at no page never waits for a browser. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const desk = await openDesk<BrowserServer>(serveBrowser, (server) => server.wsEndpoint());
  project.provide('browserDesk', desk.port);
  return async () => {
    await (await desk.close())?.close();
  };
}
