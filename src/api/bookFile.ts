// A partner's file as it comes over HTTP, from the partner itself or from the operator's page: one
// way in, so the same bytes are the same file whichever way they come.

import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { limits } from '../base/limits.ts';
import type { Database } from '../base/world.ts';
import type { PartnerFile, ReconcileWorld } from '../reconciliation/commands.ts';
import type { Mapping } from '../reconciliation/mapping.ts';
import type { Hub } from './hub.ts';

/** The network as comparing sees it from inside of a running hub. */
export function bookWorld(hub: Hub, database: Database): ReconcileWorld {
  const { lanes } = hub.configuration.rules();
  return { database, clock: { now: () => hub.now() }, lanes, directory: tmpdir() };
}

/** The bytes as a file that is compared; its digest is the one that the command line reckons. */
export function bookFileOf(name: string, bytes: Buffer, mapping: Mapping): PartnerFile {
  const hash = createHash('sha256').update(JSON.stringify(mapping)).update(bytes);
  const digest = hash.digest('hex');
  const lines = bytes.toString('utf8').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return {
    name,
    bytes: bytes.length,
    digest,
    async *lines() {
      for (let from = 0; from < lines.length || from === 0; from += linesAtOnce) {
        yield lines.slice(from, from + linesAtOnce);
        await setImmediate();
      }
    },
  };
}

/** Between two such pieces payments have their turn. */
const linesAtOnce = 1_000;

/** How long a file may be here, in words. */
export const mostOfBook = `at most ${limits.ownBookBytes / 1024 / 1024} MiB`;
