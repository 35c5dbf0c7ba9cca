// `wayfare/client`: what a partner's Node program needs to call the network and to be called.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { type AskedApi, askedApis, type ServedApi, servedApis } from '../wire/apis.ts';
import { createPartnerClient, type PartnerClient } from '../wire/client.ts';
import { defaultToleranceMs } from '../wire/envelope.ts';
import { decode, decodeAnswer, describeProblem } from '../wire/messages.ts';
import type { ResultObject } from '../wire/objects.ts';
import {
  createPartnerServer,
  type ReceivedRequest,
  type SignedAnswer,
} from '../wire/partnerServer.ts';
import { type ResultCode, result } from '../wire/results.ts';
import { readKeys } from './keys.ts';
import { nodeNetwork } from './post.ts';

/** What a request to the network holds, by the name of its interface. */
export type RequestOf<Name extends ServedApi> = z.input<(typeof servedApis)[Name]['request']>;
/** What the network answers. */
export type AnswerOf<Name extends ServedApi> = z.output<(typeof servedApis)[Name]['answer']>;

/**
 * How a call ended. `answered`: the network said so and signed it; look at `status` first, S done,
 * F failed for good, U not known yet. `unknown`: nothing that can be trusted came back, and the
 * network may or may not have acted: inquire, or send the same request with the same id.
 */
export type Outcome<Name extends ServedApi> =
  | {
      readonly kind: 'answered';
      readonly status: 'S' | 'F' | 'U';
      readonly code: string;
      readonly body: AnswerOf<Name>;
    }
  | { readonly kind: 'unknown'; readonly problem: string };

export interface WayfareClientOptions {
  /** The network's address, as `http://127.0.0.1:8080`. */
  readonly baseUrl: string;
  /** Your Client-Id. */
  readonly clientId: string;
  /** Your private key, PEM or base64; its kind decides the algorithm. */
  readonly privateKey: string;
  /** The network's public keys as handed over: one PEM, or several in one text. */
  readonly networkKey: string;
  /** Version under which your public key is registered; `1` if not given. */
  readonly keyVersion?: string;
  /** How long to wait for an answer; 15 seconds if not given. */
  readonly timeoutMs?: number;
  /** How far the network's time may be from this machine's; five minutes if not given. */
  readonly toleranceMs?: number;
}

/** Calls the network: every request is signed, every answer verified and of the agreed form. */
export class WayfareClient {
  readonly #wire: PartnerClient;

  /** Throws when a key cannot be used. */
  constructor(options: WayfareClientOptions) {
    const { algorithm, privateKey, networkKey } = readKeys(options.privateKey, options.networkKey);
    this.#wire = createPartnerClient({
      baseUrl: options.baseUrl,
      clientId: options.clientId,
      privateKey,
      algorithm,
      keyVersion: options.keyVersion ?? '1',
      hubPublicKey: networkKey,
      network: nodeNetwork(),
      clock: systemClock,
      timeoutMs: options.timeoutMs ?? 15_000,
      toleranceMs: options.toleranceMs ?? defaultToleranceMs,
    });
  }

  /** Calls an interface by its name. Rejects only when something other than the network breaks. */
  async call<Name extends ServedApi>(name: Name, body: RequestOf<Name>): Promise<Outcome<Name>> {
    const outcome = await this.#wire.call(name, body as object);
    if (outcome.kind !== 'answered') return { kind: 'unknown', problem: outcome.problem };
    const decoded = decodeAnswer(servedApis[name].answer as z.ZodType, outcome.text);
    if (!decoded.ok) return { kind: 'unknown', problem: describeProblem(decoded) };
    const answer = decoded.value as AnswerOf<Name> & { readonly result: ResultObject };
    const { resultStatus, resultCode } = answer.result;
    return { kind: 'answered', status: resultStatus, code: resultCode, body: answer };
  }

  /** Acquirer: charge a payment code, or get an order code. */
  pay(body: RequestOf<'pay'>): Promise<Outcome<'pay'>> {
    return this.call('pay', body);
  }

  /** Acquirer: how does this payment stand? */
  inquiryPayment(body: RequestOf<'inquiryPayment'>): Promise<Outcome<'inquiryPayment'>> {
    return this.call('inquiryPayment', body);
  }

  /** Acquirer: this payment must not be. */
  cancelPayment(body: RequestOf<'cancelPayment'>): Promise<Outcome<'cancelPayment'>> {
    return this.call('cancelPayment', body);
  }

  /** Acquirer: give this much of a payment back. */
  refund(body: RequestOf<'refund'>): Promise<Outcome<'refund'>> {
    return this.call('refund', body);
  }

  /** Acquirer: where can a customer allow debits? */
  prepare(body: RequestOf<'prepare'>): Promise<Outcome<'prepare'>> {
    return this.call('prepare', body);
  }

  /** Acquirer: tokens for a code, or newer ones. */
  applyToken(body: RequestOf<'applyToken'>): Promise<Outcome<'applyToken'>> {
    return this.call('applyToken', body);
  }

  /** Acquirer: this agreement is over. */
  cancelToken(body: RequestOf<'cancelToken'>): Promise<Outcome<'cancelToken'>> {
    return this.call('cancelToken', body);
  }

  /** Acquirer: the shop of a national code was credited, or never will be. */
  notifyPushPayment(body: RequestOf<'notifyPushPayment'>): Promise<Outcome<'notifyPushPayment'>> {
    return this.call('notifyPushPayment', body);
  }

  /** Wallet: codes for a customer to show. */
  getPaymentCode(body: RequestOf<'getPaymentCode'>): Promise<Outcome<'getPaymentCode'>> {
    return this.call('getPaymentCode', body);
  }

  /** Wallet: what order is behind this code? */
  userInitiatedPay(body: RequestOf<'userInitiatedPay'>): Promise<Outcome<'userInitiatedPay'>> {
    return this.call('userInitiatedPay', body);
  }

  /** Wallet: the customer paid, or did not. */
  notifyPayment(body: RequestOf<'notifyPayment'>): Promise<Outcome<'notifyPayment'>> {
    return this.call('notifyPayment', body);
  }

  /** Wallet: the customer consented to debits, or took it back. */
  authNotify(body: RequestOf<'authNotify'>): Promise<Outcome<'authNotify'>> {
    return this.call('authNotify', body);
  }

  /** Wallet: how do I tell codes apart? */
  inquiryCodeRules(body: RequestOf<'inquiryCodeRules'>): Promise<Outcome<'inquiryCodeRules'>> {
    return this.call('inquiryCodeRules', body);
  }

  /** Wallet: what would it cost now? */
  inquiryForeignExchangeQuote(
    body: RequestOf<'inquiryForeignExchangeQuote'>,
  ): Promise<Outcome<'inquiryForeignExchangeQuote'>> {
    return this.call('inquiryForeignExchangeQuote', body);
  }

  /** How much may this customer still pay? */
  inquiryUserLimits(body: RequestOf<'inquiryUserLimits'>): Promise<Outcome<'inquiryUserLimits'>> {
    return this.call('inquiryUserLimits', body);
  }
}

type Row<Name extends AskedApi> = (typeof askedApis)[Name];

/** One function for each call of the network that you serve, as `'wallet.pay'`. */
export type Handlers = {
  readonly [Name in AskedApi]?: (
    message: z.output<Row<Name>['request']>,
  ) => z.input<Row<Name>['answer']> | Promise<z.input<Row<Name>['answer']>>;
};

export interface WebhookOptions {
  readonly role: 'acquirer' | 'wallet';
  readonly clientId: string;
  readonly privateKey: string;
  readonly networkKey: string;
  readonly keyVersion?: string;
  /** How far the network's time may be from this machine's; five minutes if not given. */
  readonly toleranceMs?: number;
  readonly handlers: Handlers;
  /** Told of what a handler threw; the network is answered UNKNOWN_EXCEPTION and asks again. */
  readonly failed?: (error: unknown) => void;
}

/** The receiving side: verifies what the network calls, and signs what is answered. */
export interface Webhook {
  /** For any HTTP server: give it the bytes as they came, send what it gives. */
  handle(request: ReceivedRequest): Promise<SignedAnswer>;
  /** For `node:http`: `createServer(webhook.listener)`. */
  readonly listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void;
}

/** A webhook for one partner. Throws when a key cannot be used. */
export function createWebhook(options: WebhookOptions): Webhook {
  const { algorithm, privateKey, networkKey } = readKeys(options.privateKey, options.networkKey);
  const server = createPartnerServer({
    clientId: options.clientId,
    privateKey,
    algorithm,
    keyVersion: options.keyVersion ?? '1',
    hubKeys: () => ({ algorithm, key: networkKey }),
    clock: systemClock,
    toleranceMs: options.toleranceMs ?? defaultToleranceMs,
  });
  const handle = (request: ReceivedRequest) =>
    server.handle(request, ({ api, bodyText }) => answerTo(options, api, bodyText));
  return {
    handle,
    listener(incoming, outgoing) {
      serve(handle, incoming, outgoing).catch((error: unknown) => {
        options.failed?.(error);
        outgoing.destroy();
      });
    },
  };
}

async function answerTo(
  options: WebhookOptions,
  api: string | undefined,
  bodyText: string,
): Promise<object> {
  const name = `${options.role}.${api}`;
  const handlers = options.handlers as Readonly<Record<string, (message: unknown) => unknown>>;
  const handler = handlers[name];
  if (!isAsked(name) || handler === undefined) return { result: result('NO_INTERFACE_DEF') };
  const decoded = decode(askedApis[name].request as z.ZodType, bodyText);
  if (!decoded.ok) return { result: result('PARAM_ILLEGAL', describeProblem(decoded)) };
  try {
    return (await handler(decoded.value)) as object;
  } catch (error) {
    options.failed?.(error);
    return { result: result('UNKNOWN_EXCEPTION') };
  }
}

const isAsked = (name: string): name is AskedApi => Object.hasOwn(askedApis, name);

/** Largest body that is taken; the network's are at most 64 KiB. */
const largestBody = 1024 * 1024;

async function serve(
  handle: Webhook['handle'],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming) {
    parts.push(part as Buffer);
    size += (part as Buffer).length;
    if (size > largestBody) throw new Error('the body is too large');
  }
  const { status, headers, body } = await handle({
    method: incoming.method ?? '',
    uri: incoming.url ?? '',
    headers: incoming.headers,
    body: Buffer.concat(parts),
  });
  outgoing.writeHead(status, headers).end(body);
}

/** A result to answer with: the status goes with the code. */
export function answer(code: ResultCode, message?: string): { readonly result: ResultObject } {
  return { result: result(code, message) };
}

const systemClock = {
  now: () => Date.now(),
  after(delayMs: number, task: () => void) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
