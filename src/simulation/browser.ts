// A visitor's browser: it opens addresses of the network, as often as it takes.

import { NetworkFailure } from '../base/world.ts';
import type { Surroundings } from './party.ts';

/** What a browser needs of the world. */
type Outside = Pick<Surroundings, 'time' | 'network'>;

const tries = 4;
const patienceMs = 5_000;

/** What a page of the network answers: its JSON, or the address it sends the browser on to. */
export interface Page {
  readonly status: number;
  readonly text: string;
}

/** Opens a page; undefined when it did not come. */
export async function openPage(world: Outside, url: string): Promise<Page | undefined> {
  const network = world.network.of('browser');
  for (let attempt = 0; attempt < tries; attempt++) {
    try {
      const { status, body } = await network.post({
        url,
        headers: {},
        body: '',
        timeoutMs: patienceMs,
      });
      return { status, text: body };
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      await world.time.pause(1_000);
    }
  }
  return undefined;
}

/** The order code that a way to pay leads to; undefined when it leads nowhere any more. */
export async function codeBehind(world: Outside, way: string): Promise<string | undefined> {
  if (!way.startsWith('https://') && !way.startsWith('http://')) return way;
  const url = new URL(way);
  const appended = url.searchParams.get('codeValue');
  if (appended !== null) return appended;
  if (!url.pathname.startsWith('/entry/')) return way;
  const page = await openPage(world, way);
  if (page?.status !== 200) return undefined;
  return (JSON.parse(page.text) as { codeValue: string }).codeValue;
}
