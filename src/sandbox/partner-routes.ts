// The doors at which the hub knocks: one address a partner, signed calls in, signed answers out.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { acquirerNotifyPaymentRequest } from '../wire/acquirer.ts';
import {
  acquirerAuthNotifyRequest,
  walletApplyTokenRequest,
  walletCancelTokenRequest,
  walletPrepareRequest,
} from '../wire/authorizations.ts';
import { type ApiName, apiOfPath, decode, describeProblem } from '../wire/messages.ts';
import type { SignedAnswer } from '../wire/partnerServer.ts';
import {
  acquirerUserInitiatedPayRequest,
  inquiryPushPaymentRequest,
  pushPaymentRequest,
  walletNotifyPushPaymentRequest,
} from '../wire/push.ts';
import {
  acquirerNotifyRegistrationRequest,
  walletInquiryRegistrationRequest,
  walletRegistrationRequest,
} from '../wire/registration.ts';
import { result } from '../wire/results.ts';
import {
  walletCancelPaymentRequest,
  walletInquiryPaymentRequest,
  walletPayRequest,
  walletRefundRequest,
} from '../wire/wallet.ts';
import { type AcquirerBehaviour, isSilent } from './acquirer-push.ts';
import { answerTiming, type Behaviour, normalBehaviour, refundTiming } from './behaviour.ts';
import type { BindingDesk } from './binding-commands.ts';
import type { DisputeDesk } from './dispute-commands.ts';
import type { GrantDesk } from './grant-commands.ts';
import type { HubLink } from './hub-link.ts';
import {
  type SandboxAcquirer,
  type SandboxWallet,
  sandboxAcquirers,
  sandboxWallets,
} from './partners.ts';
import type { RegistrationDesk } from './registration-desk.ts';
import type { TillDesk } from './till-commands.ts';
import type { WalletDesk } from './wallet-commands.ts';

export interface PartnerRoutesOptions {
  readonly link: HubLink;
  readonly walletDesk: WalletDesk;
  readonly tillDesk: TillDesk;
  readonly grantDesk: GrantDesk;
  readonly bindingDesk: BindingDesk;
  readonly registrationDesk: RegistrationDesk;
  readonly disputes: DisputeDesk;
  readonly behaviourOf: (walletId: string) => Behaviour;
  readonly acquirerBehaviourOf: (acquirerId: string) => AcquirerBehaviour;
}

/** A wallet that never answers lets go of the connection after this, long after the hub did. */
const neverAnswerMs = 60_000;

/** Far above the longest legal message; what is longer is cut off by the server. */
const partnerBodyLimitBytes = 512 * 1024;

interface Route {
  readonly partnerId: string;
  '*': string;
}

/** Registers `/partners/:partnerId/…` for every wallet and acquirer. */
export function partnerRoutes(server: FastifyInstance, options: PartnerRoutesOptions): void {
  // The signature is over the bytes as they came, whatever type they say they have.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: partnerBodyLimitBytes },
    (_request, body, ready) => ready(null, body),
  );

  server.all<{ Params: Route }>('/partners/:partnerId/*', async (request, reply) => {
    const { partnerId } = request.params;
    const wallet = sandboxWallets.find(({ id }) => id === partnerId);
    const acquirer = sandboxAcquirers.find(({ id }) => id === partnerId);
    const api = apiOfPath(`/${request.params['*'].split('?', 1)[0]}`);
    if (wallet !== undefined) return answerAsWallet(options, wallet, api, request, reply);
    if (acquirer !== undefined) return answerAsAcquirer(options, acquirer, api, request, reply);
    return reply.code(404).send({
      error: { code: 'PARTNER_NOT_FOUND', message: `The sandbox plays no partner ${partnerId}.` },
    });
  });
}

async function answerAsWallet(
  { link, walletDesk, grantDesk, registrationDesk, disputes, behaviourOf }: PartnerRoutesOptions,
  wallet: SandboxWallet,
  api: ApiName | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  // Only `pay` and `refund` are ever treated badly: inquiry and cancel tell and do the truth.
  const behaviour = api === 'pay' ? behaviourOf(wallet.id) : normalBehaviour;
  const door = link.door(wallet.id, behaviour.mode === 'bad_signature');
  if (door === null) return notOpenYet(reply);
  const signed = await door.handle(received(request), ({ bodyText }) => {
    if (request.method !== 'POST') return { result: result('METHOD_NOT_SUPPORTED') };
    switch (api) {
      case 'pay':
        return withBody(walletPayRequest, bodyText, (body) => walletDesk.pay(wallet, body));
      case 'inquiryPayment':
        return withBody(walletInquiryPaymentRequest, bodyText, (body) =>
          walletDesk.inquire(wallet, body),
        );
      case 'cancelPayment':
        return withBody(walletCancelPaymentRequest, bodyText, (body) =>
          walletDesk.cancel(wallet, body),
        );
      case 'refund':
        return withBody(walletRefundRequest, bodyText, (body) => walletDesk.refund(wallet, body));
      case 'notifyPushPayment':
        return withBody(walletNotifyPushPaymentRequest, bodyText, (body) =>
          walletDesk.credited(wallet, body),
        );
      case 'prepare':
        return withBody(walletPrepareRequest, bodyText, (body) => grantDesk.prepare(wallet, body));
      case 'applyToken':
        return withBody(walletApplyTokenRequest, bodyText, (body) =>
          grantDesk.applyToken(wallet, body),
        );
      case 'cancelToken':
        return withBody(walletCancelTokenRequest, bodyText, (body) =>
          grantDesk.cancelToken(wallet, body),
        );
      case 'registration':
        return withBody(walletRegistrationRequest, bodyText, (body) =>
          registrationDesk.asked(wallet, body),
        );
      case 'inquiryRegistrationStatus':
        return withBody(walletInquiryRegistrationRequest, bodyText, (body) =>
          registrationDesk.inquired(wallet, body.registrationRequestId),
        );
      default:
        return (
          disputes.walletHears(wallet.id, api, bodyText) ?? { result: result('NO_INTERFACE_DEF') }
        );
    }
  });
  const timing = api === 'refund' ? refundTiming(behaviourOf(wallet.id)) : answerTiming(behaviour);
  if (signed.verdict === 'valid' && timing.kind === 'never') return holdForEver(reply);
  if (signed.verdict === 'valid' && timing.kind === 'after') await sleep(timing.delayMs);
  return send(reply, signed);
}

async function answerAsAcquirer(
  { link, tillDesk, bindingDesk, disputes, acquirerBehaviourOf }: PartnerRoutesOptions,
  acquirer: SandboxAcquirer,
  api: ApiName | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const door = link.door(acquirer.id);
  if (door === null) return notOpenYet(reply);
  const signed = await door.handle(received(request), ({ bodyText }) => {
    if (request.method !== 'POST') return { result: result('METHOD_NOT_SUPPORTED') };
    if (api === 'authNotify') {
      return withBody(acquirerAuthNotifyRequest, bodyText, (body) => ({
        result: bindingDesk.notified(acquirer.id, body),
      }));
    }
    if (api === 'notifyRegistrationStatus') {
      // The network's page shows what became of it; the shops keep no record of their own.
      return withBody(acquirerNotifyRegistrationRequest, bodyText, () => ({
        result: result('SUCCESS'),
      }));
    }
    const own = ownCodeAnswer(tillDesk, acquirer, api, bodyText);
    if (own !== undefined) return own;
    if (api !== 'notifyPayment') {
      const heard = disputes.acquirerHears(acquirer.id, api, bodyText);
      return heard ?? { result: result('NO_INTERFACE_DEF') };
    }
    return withBody(acquirerNotifyPaymentRequest, bodyText, (body) => ({
      result: tillDesk.notified(acquirer, body),
    }));
  });
  const isLeft = api === 'pushPayment' && isSilent(acquirerBehaviourOf(acquirer.id));
  if (signed.verdict === 'valid' && isLeft) return holdForEver(reply);
  return send(reply, signed);
}

/** The network's calls about the acquirer's own codes; undefined for any other. */
function ownCodeAnswer(
  { ownCodes }: TillDesk,
  acquirer: SandboxAcquirer,
  api: ApiName | undefined,
  bodyText: string,
): object | undefined {
  switch (api) {
    case 'userInitiatedPay':
      return withBody(acquirerUserInitiatedPayRequest, bodyText, (body) =>
        ownCodes.asked(acquirer, body),
      );
    case 'pushPayment':
      return withBody(pushPaymentRequest, bodyText, (body) => ({
        result: ownCodes.pushed(acquirer, body),
      }));
    case 'inquiryPushPayment':
      return withBody(inquiryPushPaymentRequest, bodyText, (body) =>
        ownCodes.pushInquired(acquirer, body),
      );
    default:
      return undefined;
  }
}

function withBody<S extends z.ZodType>(
  schema: S,
  bodyText: string,
  answer: (body: z.infer<S>) => object,
): object {
  const read = decode(schema, bodyText);
  if (read.ok) return answer(read.value);
  return { result: result('PARAM_ILLEGAL', describeProblem(read)) };
}

function received(request: FastifyRequest) {
  const body = Buffer.isBuffer(request.body) ? request.body : '';
  return { method: request.method, uri: request.raw.url ?? '/', headers: request.headers, body };
}

function send(reply: FastifyReply, signed: SignedAnswer): FastifyReply {
  return reply
    .code(signed.status)
    .headers({ ...signed.headers })
    .send(signed.body);
}

function notOpenYet(reply: FastifyReply): FastifyReply {
  const message = "The hub's public key is not there yet, so that nothing can be verified.";
  return reply.code(503).send({ error: { code: 'NOT_READY', message } });
}

/** Leaves the caller without an answer and the connection open, as a hanging server does. */
function holdForEver(reply: FastifyReply): FastifyReply {
  reply.hijack();
  const { socket } = reply.raw;
  const timer = setTimeout(() => socket?.destroy(), neverAnswerMs);
  timer.unref();
  socket?.once('close', () => clearTimeout(timer));
  return reply;
}

function sleep(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs).unref();
  });
}
