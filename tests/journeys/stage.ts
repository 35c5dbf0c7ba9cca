// Where a journey takes place: one browser and one network, there before its first test.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type RunningNetwork, startNetwork } from '../support/network.ts';
import { sharedBrowser } from '../support/sharedBrowser.ts';
import { englishPhone, openWindow, type Setting, type Window } from './actors.ts';

export interface Stage {
  /** Its address and its JSON API. */
  readonly network: Pick<RunningNetwork, 'url' | 'home' | 'call'>;
  /**
   * Opens a window on a path of the network; an English phone if no setting is named. `prepare` as
   * for `openWindow`.
   */
  open(
    path: string,
    setting?: Setting,
    prepare?: (page: Page) => Promise<unknown>,
  ): Promise<Window>;
}

/** Starts browser and network before the tests of the file that calls it, and ends both after. */
export function setStage(): Stage {
  let browser: Browser | undefined;
  let running: RunningNetwork | undefined;
  beforeAll(async () => {
    [browser, running] = await Promise.all([sharedBrowser(), startNetwork()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
  });

  function begun<T>(thing: T | undefined): T {
    if (thing === undefined) throw new Error('The stage is set when the first test begins.');
    return thing;
  }
  const network: Stage['network'] = {
    get url() {
      return begun(running).url;
    },
    get home() {
      return begun(running).home;
    },
    call: (method, path, body) => begun(running).call(method, path, body),
  };
  return {
    network,
    open: (path, setting = englishPhone, prepare) =>
      openWindow(begun(browser), network.url + path, setting, prepare),
  };
}
