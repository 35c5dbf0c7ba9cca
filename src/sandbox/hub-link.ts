// The line from the sandbox's partners to the hub: each partner's own client, and the hub's keys
// from its file.

import type { KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import type { Clock, Network } from '../base/world.ts';
import { type CallOutcome, createPartnerClient, type PartnerClient } from '../wire/client.ts';
import type { VerificationKey } from '../wire/envelope.ts';
import { type ApiName, decodeAnswer, describeProblem } from '../wire/messages.ts';
import { createPartnerServer, type PartnerServer } from '../wire/partnerServer.ts';
import { algorithmOf, generateKeys, readPrivateKey, readPublicKey } from '../wire/signature.ts';
import type { PartnerKeys } from './keys-store.ts';
import { type SandboxAlgorithm, sandboxPartners } from './partners.ts';
import { signedGet } from './signed-get.ts';

/**
 * How long a partner waits for the hub: a till's customer stands and waits no longer (apis: 12
 * s).
 */
export const hubTimeoutMs = 12_000;

/** The one version of the hub's key that its file holds. */
const hubKeyVersion = '1';

/** The hub's answer, verified and read; or why there is none that can be trusted. */
export type HubReply<T> =
  | { readonly kind: 'answered'; readonly answer: T }
  | { readonly kind: 'silent'; readonly problem: string };

/** What a GET has brought. */
export interface Fetched {
  readonly bytes: Buffer;
  readonly isSigned: boolean;
}

/** Calls to the hub and doors for its calls, by partner id. */
export interface HubLink {
  /** A signed call; `wrongly` signs it with a key that is not the partner's. */
  call<S extends z.ZodType>(
    partnerId: string,
    api: ApiName | `/${string}`,
    body: object,
    answerSchema: S,
    wrongly?: boolean,
  ): Promise<HubReply<z.infer<S>>>;
  /** A signed call whose body is a text of another form than JSON, at a path of the hub. */
  sendText<S extends z.ZodType>(
    partnerId: string,
    path: `/${string}`,
    text: string,
    answerSchema: S,
  ): Promise<HubReply<z.infer<S>>>;
  /** A signed GET, over an empty body; `isSigned` says whether the answer is the hub's own. */
  get(partnerId: string, path: `/${string}`): Promise<HubReply<Fetched>>;
  /** The door for the hub's calls to a partner; null while the hub's key is not known. */
  door(partnerId: string, wrongly?: boolean): PartnerServer | null;
}

export interface HubLinkOptions {
  readonly home: string;
  readonly hubUrl: string;
  readonly keys: Readonly<Record<string, PartnerKeys>>;
  readonly network: Network;
  readonly clock: Clock;
  readonly timeoutMs?: number;
}

const keyless = { kind: 'silent', problem: "the hub's public key is not there yet" } as const;

interface Signer {
  readonly clientId: string;
  readonly algorithm: SandboxAlgorithm;
  readonly key: KeyObject;
}

export function createHubLink(options: HubLinkOptions): HubLink {
  const { network, clock, hubUrl } = options;
  const signers = readSigners(options.keys);
  const wrongKeys = new Map<SandboxAlgorithm, KeyObject>();
  const hubKeyFor = hubKeyFile(path.join(options.home, 'hub-public-key.pem'));
  const clients = new Map<string, { readonly hubKey: KeyObject; readonly client: PartnerClient }>();

  /** A key that is nobody's, made when a wallet first misbehaves. */
  function wrongKey(algorithm: SandboxAlgorithm): KeyObject {
    const known = wrongKeys.get(algorithm);
    if (known !== undefined) return known;
    const made = privateKeyOf(generateKeys(algorithm).privateKeyPem, 'a key made just now');
    wrongKeys.set(algorithm, made);
    return made;
  }

  function signerOf(partnerId: string): Signer {
    const signer = signers.get(partnerId);
    if (signer === undefined) throw new Error(`no keys for partner ${partnerId}`);
    return signer;
  }

  function clientOf(partnerId: string, hub: VerificationKey, wrongly: boolean): PartnerClient {
    const name = `${partnerId}/${wrongly}`;
    const known = clients.get(name);
    if (known?.hubKey === hub.key) return known.client;
    const { clientId, algorithm, key } = signerOf(partnerId);
    const client = createPartnerClient({
      baseUrl: hubUrl,
      clientId,
      privateKey: wrongly ? wrongKey(algorithm) : key,
      algorithm,
      hubPublicKey: hub.key,
      hubAlgorithm: hub.algorithm,
      network,
      clock,
      timeoutMs: options.timeoutMs ?? hubTimeoutMs,
    });
    clients.set(name, { hubKey: hub.key, client });
    return client;
  }

  /** Asks, and reads the verified answer by its schema. */
  async function ask<S extends z.ZodType>(
    partnerId: string,
    answerSchema: S,
    wrongly: boolean,
    send: (client: PartnerClient) => Promise<CallOutcome>,
  ): Promise<HubReply<z.infer<S>>> {
    const hub = hubKeyFor(signerOf(partnerId).algorithm);
    if (hub === null) return keyless;
    const outcome = await send(clientOf(partnerId, hub, wrongly));
    if (outcome.kind !== 'answered') return { kind: 'silent', problem: outcome.problem };
    const read = decodeAnswer(answerSchema, outcome.text);
    return read.ok
      ? { kind: 'answered', answer: read.value }
      : { kind: 'silent', problem: `the answer is not well formed: ${describeProblem(read)}` };
  }

  return {
    call: (partnerId, api, body, answerSchema, wrongly = false) =>
      ask(partnerId, answerSchema, wrongly, (client) => client.call(api, body)),
    sendText: (partnerId, target, text, answerSchema) =>
      ask(partnerId, answerSchema, false, (client) => client.send(target, text)),
    async get(partnerId, target) {
      const signer = signerOf(partnerId);
      const hub = hubKeyFor(signer.algorithm);
      if (hub === null) return keyless;
      return signedGet({ hubUrl, hub, target, clock, ...signer });
    },
    door(partnerId, wrongly = false) {
      const { clientId, algorithm, key } = signerOf(partnerId);
      const hub = hubKeyFor(algorithm);
      if (hub === null) return null;
      return createPartnerServer({
        clientId,
        privateKey: wrongly ? wrongKey(algorithm) : key,
        algorithm,
        hubKeys: (_clientId, version = hubKeyVersion) =>
          version === hubKeyVersion ? hub : 'unknown_key',
        clock,
      });
    },
  };
}

function privateKeyOf(pem: string, owner: string): KeyObject {
  const key = readPrivateKey(pem);
  if (key === undefined) throw new Error(`the private key of ${owner} cannot be read`);
  return key;
}

function readSigners(keys: Readonly<Record<string, PartnerKeys>>): ReadonlyMap<string, Signer> {
  const signers = new Map<string, Signer>();
  for (const { id, clientId, algorithm } of sandboxPartners()) {
    const pem = keys[id]?.privateKeyPem;
    if (pem === undefined) throw new Error(`no keys for partner ${id}`);
    signers.set(id, { clientId, algorithm, key: privateKeyOf(pem, id) });
  }
  return signers;
}

const pemBlock = /-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----/g;

/**
 * Finds the hub's key in its file, which may hold one PEM block for each algorithm: a partner
 * takes the one of its own algorithm, else the first. The file is read again when it changes;
 * null while it is absent.
 */
function hubKeyFile(file: string): (algorithm: SandboxAlgorithm) => VerificationKey | null {
  let readAt = -1;
  let hubKeys: readonly VerificationKey[] = [];
  return (algorithm) => {
    const changedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (changedAt === undefined) return null;
    if (changedAt !== readAt) {
      hubKeys = readHubKeys(readFileSync(file, 'utf8'));
      readAt = changedAt;
    }
    return hubKeys.find((key) => key.algorithm === algorithm) ?? hubKeys[0] ?? null;
  };
}

function readHubKeys(text: string): readonly VerificationKey[] {
  return [...text.matchAll(pemBlock)].flatMap(([block]) => {
    const key = readPublicKey(block);
    const algorithm = key === undefined ? undefined : algorithmOf(key);
    return key === undefined || algorithm === undefined ? [] : [{ key, algorithm }];
  });
}
