// The sandbox API of disputes: a customer asks about a payment, a shop answers at its till.

import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { toWire } from '../money/money.ts';
import { amount } from '../wire/objects.ts';
import type { AcquirerStore } from './acquirer-store.ts';
import type { SandboxDispute } from './dispute.ts';
import type { DisputeDesk } from './dispute-commands.ts';
import { readBody, sendProblem } from './http.ts';
import { refused } from './outcome.ts';
import type { TillDesk } from './till-commands.ts';
import { moneyOf } from './wallet-messages.ts';
import type { WalletStore } from './wallet-store.ts';

export interface DisputeRoutesOptions {
  readonly walletStore: WalletStore;
  readonly acquirerStore: AcquirerStore;
  readonly tillDesk: TillDesk;
  readonly disputes: DisputeDesk;
}

interface CustomerPayment {
  readonly walletId: string;
  readonly customerId: string;
  readonly paymentRequestId: string;
}

interface TillPaymentRoute {
  readonly acquirerId: string;
  readonly tillId: string;
  readonly paymentRequestId: string;
}

const complaintBody = z.object({
  kind: z.enum(['RETRIEVAL', 'ESCALATION']),
  reason: z.string().trim().min(1).max(200),
});

const answerBody = z
  .object({
    word: z.enum(['EVIDENCE', 'ACCEPT', 'REFUSE']),
    /** Only a part of what is asked back. */
    amount: amount.optional(),
  })
  .refine(({ word, amount: part }) => part === undefined || word === 'ACCEPT', {
    error: 'goes with ACCEPT only',
    path: ['amount'],
  });

const disputeView = (dispute: SandboxDispute) => ({
  disputeRequestId: dispute.disputeRequestId,
  kind: dispute.kind,
  status: dispute.status,
  reason: dispute.reason,
  claimed: dispute.claimed && toWire(dispute.claimed),
  promised: dispute.promised && toWire(dispute.promised),
  message: dispute.message,
  files: dispute.files,
  dueAt: dispute.dueAt,
  createdAt: new Date(dispute.createdAt).toISOString(),
});

const noPayment = refused(404, 'PAYMENT_NOT_FOUND', 'There is no such payment here.').problem;
const noDispute = refused(404, 'DISPUTE_NOT_FOUND', 'There is no such dispute here.').problem;

/** Registers the disputes of customers' and of tills' payments. */
export function disputeRoutes(server: FastifyInstance, options: DisputeRoutesOptions): void {
  const { walletStore, acquirerStore, tillDesk, disputes } = options;
  const ofCustomer = '/sandbox/wallets/:walletId/customers/:customerId/payments/:paymentRequestId';
  const ofTill = '/sandbox/acquirers/:acquirerId/tills/:tillId/payments/:paymentRequestId';

  function customerPayment({ walletId, customerId, paymentRequestId }: CustomerPayment) {
    const payment = walletStore.payment(walletId, paymentRequestId);
    return payment?.customerId === customerId ? payment : undefined;
  }

  function tillPayment({ acquirerId, tillId, paymentRequestId }: TillPaymentRoute) {
    const payment = acquirerStore.payment(acquirerId, paymentRequestId);
    return payment?.tillId === tillId ? payment : undefined;
  }

  const list = (reply: FastifyReply, partnerId: string, paymentRequestId: string) =>
    reply.send({ disputes: disputes.ofPayment(partnerId, paymentRequestId).map(disputeView) });

  server.get<{ Params: CustomerPayment }>(`${ofCustomer}/disputes`, (request, reply) => {
    const { walletId, paymentRequestId } = request.params;
    if (customerPayment(request.params) === undefined) return sendProblem(reply, noPayment);
    return list(reply, walletId, paymentRequestId);
  });

  server.post<{ Params: CustomerPayment }>(`${ofCustomer}/disputes`, async (request, reply) => {
    const payment = customerPayment(request.params);
    if (payment === undefined) return sendProblem(reply, noPayment);
    const body = readBody(complaintBody, request.body);
    if (!body.ok) return sendProblem(reply, body.problem);
    const complained = await disputes.complain(payment, body.value.kind, body.value.reason);
    if (!complained.ok) return sendProblem(reply, complained.problem);
    return reply.code(201).send(disputeView(complained.value));
  });

  server.get<{ Params: TillPaymentRoute }>(`${ofTill}/disputes`, (request, reply) => {
    const { acquirerId, paymentRequestId } = request.params;
    if (tillPayment(request.params) === undefined) return sendProblem(reply, noPayment);
    return list(reply, acquirerId, paymentRequestId);
  });

  server.post<{ Params: TillPaymentRoute & { disputeRequestId: string } }>(
    `${ofTill}/disputes/:disputeRequestId/answer`,
    async (request, reply) => {
      const { acquirerId, disputeRequestId } = request.params;
      const payment = tillPayment(request.params);
      if (payment === undefined) return sendProblem(reply, noPayment);
      const dispute = disputes.dispute(acquirerId, disputeRequestId);
      if (dispute?.paymentRequestId !== payment.paymentRequestId) {
        return sendProblem(reply, noDispute);
      }
      const body = readBody(answerBody, request.body);
      if (!body.ok) return sendProblem(reply, body.problem);
      const { word, amount: wanted } = body.value;
      const part = wanted === undefined ? undefined : moneyOf(wanted);
      const answered = await disputes.answer(dispute, payment, word, part);
      if (!answered.ok) return sendProblem(reply, answered.problem);
      const { promised } = answered.value;
      if (promised !== null) {
        // The promise is kept by an ordinary refund; its id says for which dispute.
        const refunded = await tillDesk.refund(payment, promised, `${disputeRequestId}-R`);
        if (!refunded.ok) return sendProblem(reply, refunded.problem);
      }
      return reply.send(disputeView(answered.value));
    },
  );
}
