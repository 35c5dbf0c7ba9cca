// Requests with faults, for tests of the order of checks: each fault is one thing wrong, and any
// two can be put into one request.

import type { KeyObject } from 'node:crypto';
import type { HubRequest } from '../../src/api/door.ts';
import type { ServedApi } from '../../src/wire/apis.ts';
import { generateKeys, readPrivateKey } from '../../src/wire/signature.ts';
import { type RawRequest, signed, withHeader, without } from './envelopes.ts';
import type { Rig } from './rig.ts';

/** A request before it is signed, with everything that can be wrong about it. */
export interface Draft {
  readonly sender: string;
  readonly method?: 'GET';
  readonly contentType?: string;
  readonly fault?: 'too_large';
  readonly drop?: readonly string[];
  readonly clientId?: string;
  readonly keyVersion?: string;
  readonly otherAlgorithm?: true;
  readonly time?: string;
  readonly aheadMs?: number;
  readonly key?: KeyObject;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One thing that is wrong, and the code that it is answered with. */
export interface Fault {
  readonly code: string;
  readonly what: string;
  readonly apply: (draft: Draft) => Draft;
  /** It is about what the request names, so that it cannot stand beside another such fault. */
  readonly alone?: true;
}

/** An interface's requests: a good one, and everything that can be wrong with it. */
export interface Case {
  readonly sender: string;
  readonly otherRole: string;
  /** A required field, to be left out. */
  readonly field: string;
  /** A wrong value for it where no field is required. */
  readonly bad?: string;
  /** A request that nothing is wrong with. */
  readonly good: () => Record<string, unknown>;
  readonly faults: readonly Fault[];
  /** Codes of the list that no single request can bring about, each tested where it says. */
  readonly elsewhere: readonly string[];
  /** Codes that its program writes down as the end of a payment, and does not answer with. */
  readonly written?: readonly string[];
}

/** The same request with another body. */
export const edit = (change: (body: Draft['body']) => Draft['body']) => (draft: Draft) => ({
  ...draft,
  body: change(draft.body),
});

/** The same request with other fields beside those that it had. */
export const withFields = (fields: object) => edit((body) => ({ ...body, ...fields }));

const stranger = readPrivateKey(generateKeys('ES256').privateKeyPem) as KeyObject;

const dropped = (name: string) => (draft: Draft) => ({
  ...draft,
  drop: [...(draft.drop ?? []), name],
});

/**
 * The faults of the door in the order of its checks; `otherRole` is of the other role, and
 * `badField` is left out, or has the wrong value `bad`.
 */
export function doorFaults(otherRole: string, badField: string, bad?: string): readonly Fault[] {
  const fault = (code: string, what: string, change: Partial<Draft>): Fault => ({
    code,
    what,
    apply: (draft) => ({ ...draft, ...change }),
  });
  return [
    fault('METHOD_NOT_SUPPORTED', 'GET', { method: 'GET' }),
    fault('MEDIA_TYPE_NOT_ACCEPTABLE', 'text/plain', { contentType: 'text/plain' }),
    fault('PARAM_ILLEGAL', 'body too large', { fault: 'too_large' }),
    { code: 'INVALID_CLIENT', what: 'no Client-Id', apply: dropped('client-id') },
    { code: 'PARAM_ILLEGAL', what: 'no Request-Time', apply: dropped('request-time') },
    { code: 'INVALID_SIGNATURE', what: 'no Signature', apply: dropped('signature') },
    fault('INVALID_CLIENT', 'unknown client', { clientId: 'NOBODY' }),
    fault('KEY_NOT_FOUND', 'unknown key version', { keyVersion: '9' }),
    fault('INVALID_SIGNATURE', 'other algorithm', { otherAlgorithm: true }),
    fault('PARAM_ILLEGAL', 'unreadable time', { time: 'noon' }),
    fault('INVALID_SIGNATURE', 'stale time', { aheadMs: -400_000 }),
    fault('INVALID_SIGNATURE', 'wrong key', { key: stranger }),
    fault('ACCESS_DENIED', 'other role', { sender: otherRole }),
    {
      code: 'PARAM_ILLEGAL',
      what: `${badField} missing or wrong`,
      apply: (draft) => ({ ...draft, body: { ...draft.body, [badField]: bad } }),
    },
  ];
}

/** The request as it goes to the hub. */
export async function requestOf(rig: Rig, api: ServedApi, draft: Draft): Promise<HubRequest> {
  const { sender, method, clientId, keyVersion, time, aheadMs, key } = draft;
  let request: RawRequest = await signed(rig, sender, api, draft.body, {
    ...(method === undefined ? {} : { method }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(keyVersion === undefined ? {} : { keyVersion }),
    ...(time === undefined ? {} : { time }),
    ...(aheadMs === undefined ? {} : { aheadMs }),
    ...(key === undefined ? {} : { key }),
  });
  if (draft.otherAlgorithm) {
    const header = (request.headers.signature ?? '').replace('ES256', 'RSA256');
    request = withHeader(request, 'signature', header);
  }
  if (draft.contentType !== undefined) {
    request = withHeader(request, 'content-type', draft.contentType);
  }
  for (const name of draft.drop ?? []) request = without(request, name);
  return draft.fault === undefined ? request : { ...request, fault: draft.fault };
}
