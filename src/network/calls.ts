// Calls from the network to its partners: sealed, sent, judged and logged.

import type { KeyObject } from 'node:crypto';
import { addressOf } from '../base/address.ts';
import { limits } from '../base/limits.ts';
import type { Clock, Network } from '../base/world.ts';
import { NetworkFailure } from '../base/world.ts';
import { openResponseBy, sealRequest } from '../wire/envelope.ts';
import type { Algorithm, Signatures } from '../wire/signature.ts';
import { formatTime } from '../wire/time.ts';
import type { Directory } from './directory.ts';
import type { MessageLog } from './messageLog.ts';
import type { Participant } from './participant.ts';

/** The network's own keys, one an algorithm; partners verify with the one they agreed to. */
export interface HubKeys {
  readonly keyVersion: string;
  key(algorithm: Algorithm): KeyObject;
}

/** A verified answer's body, or nothing that can be relied on: then the result is unknown. */
export type CallOutcome =
  | { readonly kind: 'answered'; readonly body: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface PartnerCall {
  readonly participant: Participant;
  /**
   * A merchant of the participant, which is our own acquirer: called by its own client id, with
   * RSA256. It does not sign its answers (protocol.md §3).
   */
  readonly merchant?: { readonly merchantId: string; readonly clientId: string };
  readonly api: string;
  readonly url: string;
  readonly body: object;
  /** The payment that it is about, for the message log; null where it is about none. */
  readonly paymentNumber: number | null;
}

export interface PartnerCallsOptions {
  readonly clock: Clock;
  readonly network: Network;
  readonly directory: () => Directory;
  readonly keys: HubKeys;
  readonly signatures: Signatures;
  readonly log: MessageLog;
  readonly timeoutMs: () => number;
  readonly toleranceMs: () => number;
}

/** The verdict on an answer that need not be signed: it came, and that is all it is worth. */
export const unsignedVerdict = 'unsigned';

/** Makes calls to partners; never rejects for what a partner or the network does. */
export class PartnerCalls {
  readonly #options: PartnerCallsOptions;
  readonly #underWay = new Map<string, number>();

  constructor(options: PartnerCallsOptions) {
    this.#options = options;
  }

  /** Whether so many calls to this partner are under way that no new payment should ask it. */
  isBusy(participantId: string): boolean {
    return (this.#underWay.get(participantId) ?? 0) >= limits.callsPerPartner;
  }

  async call(call: PartnerCall): Promise<CallOutcome> {
    const { participant, merchant } = call;
    // One merchant that answers slowly must not keep the others from their notices.
    const called =
      merchant === undefined
        ? participant.participantId
        : `${participant.participantId}/${merchant.merchantId}`;
    if (this.isBusy(called)) return { kind: 'unknown', reason: 'busy' };
    this.#underWay.set(called, (this.#underWay.get(called) ?? 0) + 1);
    try {
      return await this.#call(call);
    } finally {
      this.#underWay.set(called, (this.#underWay.get(called) ?? 1) - 1);
    }
  }

  async #call(call: PartnerCall): Promise<CallOutcome> {
    const { clock, network, log, keys } = this.#options;
    const { participant, merchant } = call;
    const credential = this.#options.directory().credential(participant.participantId, undefined);
    const algorithm = merchant === undefined ? credential?.algorithm : 'RSA256';
    if (algorithm === undefined) return { kind: 'unknown', reason: 'no_key' };
    const body = JSON.stringify(call.body);
    // A partner may have named an address that is none; it is as good as one where nobody is.
    if (!URL.canParse(call.url)) return { kind: 'unknown', reason: 'unreachable' };
    const { path } = addressOf(call.url);
    const at = clock.now();
    const begunAt = clock.elapsed();
    const headers = await sealRequest(
      {
        method: 'POST',
        uri: path,
        clientId: (merchant ?? participant).clientId,
        time: formatTime(at),
        body,
        algorithm,
        key: keys.key(algorithm),
        keyVersion: keys.keyVersion,
      },
      this.#options.signatures,
    );
    const sent = {
      at,
      direction: 'out' as const,
      participantId: participant.participantId,
      api: call.api,
      path,
      requestHeaders: headers,
      requestBody: body,
      requestVerdict: 'valid',
      paymentNumber: call.paymentNumber,
    };
    try {
      const timeoutMs = this.#options.timeoutMs();
      const response = await network.post({ url: call.url, headers, body, timeoutMs });
      const verdict =
        merchant === undefined
          ? await this.#judge(participant, path, response)
          : response.status === 200
            ? unsignedVerdict
            : `http_${response.status}`;
      log.record({
        ...sent,
        responseStatus: response.status,
        responseHeaders: response.headers,
        responseBody: response.body,
        responseVerdict: verdict,
        durationMs: clock.elapsed() - begunAt,
      });
      return verdict === 'valid' || verdict === unsignedVerdict
        ? { kind: 'answered', body: response.body }
        : { kind: 'unknown', reason: verdict };
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      log.record({
        ...sent,
        responseStatus: null,
        responseHeaders: {},
        responseBody: '',
        responseVerdict: error.reason,
        durationMs: clock.elapsed() - begunAt,
      });
      return { kind: 'unknown', reason: error.reason };
    }
  }

  async #judge(
    participant: Participant,
    path: string,
    response: { status: number; headers: Readonly<Record<string, string>>; body: string },
  ): Promise<string> {
    if (response.status !== 200) return `http_${response.status}`;
    const opened = await openResponseBy(this.#options.signatures, {
      method: 'POST',
      uri: path,
      clientId: participant.clientId,
      headers: response.headers,
      body: response.body,
      keys: (_clientId, keyVersion) =>
        this.#options.directory().credential(participant.participantId, keyVersion) ??
        'unknown_key',
      now: this.#options.clock.now(),
      toleranceMs: this.#options.toleranceMs(),
    });
    return opened.verdict;
  }
}
