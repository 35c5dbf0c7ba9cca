// The hub's pages over real HTTP: browsers that keep their cookie, and people who may sign in.

import { request } from 'node:http';
import { present } from '../../src/base/assert.ts';
import { realRandom } from '../../src/host/world.ts';
import { admit, type PeopleWorld } from '../../src/people/commands.ts';
import type { Role } from '../../src/people/person.ts';
import { readEvents, type SignInEvent } from '../../src/people/store.ts';
import { type Filing, startFiling } from './filing.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, korean, malaysian, rates } from './scenes.ts';
import { openToAll, serve } from './serving.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  readonly body: any;
  /** The Set-Cookie header, where there is one. */
  readonly cookie: string | undefined;
}

/** What a browser does for its page; it sends the cookie that it was given last. */
export interface Browser {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  cookie(): string | undefined;
}

export interface Pages {
  readonly rig: Rig;
  readonly filing: Filing;
  readonly world: PeopleWorld;
  readonly url: string;
  browser(cookie?: string): Browser;
  /** Adds a person; its secret. */
  add(name: string, role: Role, participantId?: string): Promise<string>;
  /** A browser in which a new person has signed in. */
  signedIn(name: string, role: Role, participantId?: string): Promise<Browser>;
  events(): Promise<SignInEvent[]>;
  close(): Promise<void>;
}

const secondAcquirer = { ...acquirer, participantId: 'HARBOUR', currency: 'SGD', market: 'SG' };

/** A network of two wallets and two acquirers with its pages' server. */
export async function openPages(options: {
  readonly isSandbox: boolean;
  readonly start?: number;
}): Promise<Pages> {
  const { start } = options;
  const partners = [acquirer, secondAcquirer, malaysian, korean];
  const rig = await startRig({ partners, rates, ...(start === undefined ? {} : { start }) });
  const { database } = rig.fresh;
  const hub = present(rig.hubs[0], 'a hub');
  if (options.isSandbox) await openToAll(rig);
  const filing = await startFiling(rig);
  const server = await serve(rig, { files: { delivery: filing.delivery, isSandbox: true } });
  const world: PeopleWorld = {
    database,
    random: realRandom,
    realNow: () => hub.clock.realNow(),
  };
  const add: Pages['add'] = async (name, role, participantId) =>
    present(await admit(world, { name, role, participantId: participantId ?? null }), 'a secret');
  const browser: Pages['browser'] = (cookie) => openBrowser(server.url, cookie);
  return {
    rig,
    filing,
    world,
    url: server.url,
    browser,
    add,
    async signedIn(name, role, participantId) {
      const secret = await add(name, role, participantId);
      const page = browser();
      await page.post('/session', { name, secret });
      return page;
    },
    events: () => readEvents(database, 100),
    async close() {
      await server.stop();
      await rig.close();
      await filing.remove();
    },
  };
}

function openBrowser(url: string, given?: string): Browser {
  let cookie = given;
  // Not `fetch`: a browser's own headers, as Host and Origin, are what is tested.
  const send = (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const asked = request(url + path, {
        method,
        headers: { ...(cookie === undefined ? {} : { cookie }), ...headers },
      });
      asked.on('error', reject).on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        response.on('end', () => {
          const set = response.headers['set-cookie']?.[0];
          if (set !== undefined) cookie = set.split(';', 1)[0];
          const isJson = response.headers['content-type']?.startsWith('application/json');
          const status = response.statusCode ?? 0;
          resolve({ status, body: isJson ? JSON.parse(text) : text, cookie: set });
        });
      });
      asked.end(body);
    });
  return {
    get: (path, headers = {}) => send('GET', path, headers),
    post: (path, body, headers = {}) =>
      send(
        'POST',
        path,
        {
          'content-type': 'application/json',
          origin: url,
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
        JSON.stringify(body),
      ),
    cookie: () => cookie,
  };
}
