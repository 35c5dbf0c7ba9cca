// Disputes among the sandbox's partners: a wallet asks for its customer, a shop answers.

import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Clock, Random } from '../base/world.ts';
import { decimalText, type Money, money, toWire } from '../money/money.ts';
import {
  type AskRetrievalRequest,
  askEscalationRequest,
  askRetrievalRequest,
  disputeAck,
  initiateResponse,
  notifyDisputeRequest,
  tellEscalationRequest,
  tellRetrievalRequest,
  type WireEvidence,
} from '../wire/disputes.ts';
import { type ApiName, decode, describeProblem } from '../wire/messages.ts';
import { type Result, result } from '../wire/results.ts';
import type { TillPayment } from './acquirer.ts';
import type { SandboxDispute } from './dispute.ts';
import type { DisputeStore } from './dispute-store.ts';
import type { HubLink } from './hub-link.ts';
import { type ApiOutcome, done, refused } from './outcome.ts';
import type { WalletPayment } from './wallet.ts';
import { moneyOf } from './wallet-messages.ts';

export interface DisputeDeskOptions {
  readonly store: DisputeStore;
  readonly link: HubLink;
  readonly clock: Clock;
  readonly random: Random;
}

/** What a shop answers: with its receipt, by giving the money back, or not. */
export type ShopWord = 'EVIDENCE' | 'ACCEPT' | 'REFUSE';

type Heard = { readonly result: Result };

export type DisputeDesk = ReturnType<typeof createDisputeDesk>;

export function createDisputeDesk({ store, link, clock, random }: DisputeDeskOptions) {
  const keep = (dispute: SandboxDispute): SandboxDispute => {
    store.keep(dispute);
    return dispute;
  };

  /** Changes one side's record of a dispute; a repeated message changes nothing more. */
  function change(
    partnerId: string,
    disputeRequestId: string,
    by: (dispute: SandboxDispute) => SandboxDispute,
  ): Heard {
    const known = store.dispute(partnerId, disputeRequestId);
    if (known === undefined) return { result: result('ORDER_NOT_EXIST') };
    keep(by(known));
    return { result: result('SUCCESS') };
  }

  function read<S extends z.ZodType>(
    schema: S,
    text: string,
    take: (body: z.infer<S>) => Heard,
  ): Heard {
    const decoded = decode(schema, text);
    if (decoded.ok) return take(decoded.value);
    return { result: result('PARAM_ILLEGAL', describeProblem(decoded)) };
  }

  const overdue = (partnerId: string, text: string): Heard =>
    read(notifyDisputeRequest, text, ({ disputeRequestId, disputeStatus }) =>
      change(partnerId, disputeRequestId, (dispute) => ({
        ...dispute,
        status: disputeStatus === 'RESPONSE_OVERDUE' ? 'OVERDUE' : 'REFUND_OVERDUE',
      })),
    );

  /** A dispute comes to an acquirer, perhaps not for the first time. */
  function asked(partnerId: string, body: AskRetrievalRequest, claimed: Money | null): Heard {
    const { disputeRequestId, paymentRequestId } = body;
    if (store.dispute(partnerId, disputeRequestId) === undefined) {
      keep({
        partnerId,
        disputeRequestId,
        paymentRequestId,
        kind: claimed === null ? 'RETRIEVAL' : 'ESCALATION',
        status: 'ASKED',
        reason: body.disputeReason ?? '',
        claimed,
        promised: null,
        message: null,
        files: (body.evidences ?? []).map(fileOf),
        dueAt: body.responseDueTime,
        createdAt: clock.now(),
      });
    }
    return { result: result('SUCCESS') };
  }

  return {
    ofPayment: store.ofPayment,
    dispute: store.dispute,

    /** A customer asks about a payment; one that the network has not heard is sent again. */
    async complain(
      payment: WalletPayment,
      kind: SandboxDispute['kind'],
      reason: string,
    ): Promise<ApiOutcome<SandboxDispute>> {
      const { walletId: partnerId, paymentRequestId } = payment;
      const unsent = store
        .ofPayment(partnerId, paymentRequestId)
        .find((each) => each.kind === kind && each.status === 'UNSENT');
      const dispute = unsent ?? newComplaint(payment, kind, reason, clock, random);
      if (dispute.claimed?.minor === 0n) {
        return refused(422, 'REFUND_AMOUNT_EXCEED', 'All of this payment went back already.');
      }
      keep(dispute);
      const api = kind === 'RETRIEVAL' ? 'initiateRetrieval' : 'initiateEscalation';
      const request = {
        disputeRequestId: dispute.disputeRequestId,
        paymentRequestId,
        disputeReason: dispute.reason,
        ...(dispute.claimed === null
          ? {}
          : {
              escalationAmount: toWire(dispute.claimed),
              evidences: [statementOf(dispute, payment)],
            }),
      };
      const reply = await link.call(partnerId, api, request, initiateResponse);
      const silent = reply.kind === 'silent' || reply.answer.result.resultStatus === 'U';
      if (silent) return refused(504, 'HUB_SILENT', 'The network gave no usable answer.');
      const { result: verdict, responseDueTime } = reply.answer;
      const isTaken = verdict.resultStatus === 'S';
      return done(
        keep({
          ...(store.dispute(partnerId, dispute.disputeRequestId) ?? dispute),
          status: isTaken ? 'ASKED' : 'REFUSED',
          message: isTaken ? null : (verdict.resultMessage ?? verdict.resultCode),
          dueAt: responseDueTime ?? null,
        }),
      );
    },

    /** What the network tells a wallet; undefined where it is not about disputes. */
    walletHears(walletId: string, api: ApiName | undefined, text: string): Heard | undefined {
      switch (api) {
        case 'responseRetrieval':
          return read(tellRetrievalRequest, text, (body) =>
            change(walletId, body.disputeRequestId, (dispute) => ({
              ...dispute,
              status: 'ANSWERED',
              message: body.responseMessage ?? null,
              files: (body.evidences ?? []).map(fileOf),
            })),
          );
        case 'responseEscalation':
          return read(tellEscalationRequest, text, (body) =>
            change(walletId, body.disputeRequestId, (dispute) => ({
              ...dispute,
              status: body.refundType === 'REFUSE_REFUND' ? 'DECLINED' : 'ACCEPTED',
              message: body.responseMessage ?? null,
              promised: body.refundAmount === undefined ? null : moneyOf(body.refundAmount),
              files: (body.evidences ?? []).map(fileOf),
              dueAt: body.refundDueTime ?? null,
            })),
          );
        case 'notifyDispute':
          return overdue(walletId, text);
        default:
          return undefined;
      }
    },

    /** What the network tells an acquirer: it is shown at the till of the payment. */
    acquirerHears(acquirerId: string, api: ApiName | undefined, text: string): Heard | undefined {
      switch (api) {
        case 'initiateRetrieval':
          return read(askRetrievalRequest, text, (body) => asked(acquirerId, body, null));
        case 'initiateEscalation':
          return read(askEscalationRequest, text, (body) =>
            asked(acquirerId, body, moneyOf(body.escalationAmount)),
          );
        case 'notifyDispute':
          return overdue(acquirerId, text);
        default:
          return undefined;
      }
    },

    /**
     * The shop's word goes to the network; the refund that it may promise is made apart. `part` is
     * what it accepts where that is not all.
     */
    async answer(
      dispute: SandboxDispute,
      payment: TillPayment,
      word: ShopWord,
      part?: Money,
    ): Promise<ApiOutcome<SandboxDispute>> {
      const isRetrieval = dispute.kind === 'RETRIEVAL';
      const receipt = receiptOf(payment);
      const said = word === 'ACCEPT' ? 'We are sorry.' : 'Here is the receipt of this sale.';
      const request = {
        disputeRequestId: dispute.disputeRequestId,
        responseMessage: said,
        ...(isRetrieval ? {} : refundWord(word, part)),
        ...(word === 'ACCEPT' ? {} : { evidences: [receipt] }),
      };
      const api = isRetrieval ? 'responseRetrieval' : 'responseEscalation';
      const reply = await link.call(dispute.partnerId, api, request, disputeAck);
      const silent = reply.kind === 'silent' || reply.answer.result.resultStatus === 'U';
      if (silent) return refused(504, 'HUB_SILENT', 'The network gave no usable answer.');
      const verdict = reply.answer.result;
      if (verdict.resultStatus === 'F') {
        return refused(422, verdict.resultCode, verdict.resultMessage ?? verdict.resultCode);
      }
      return done(
        keep({
          ...dispute,
          status: isRetrieval ? 'ANSWERED' : word === 'ACCEPT' ? 'ACCEPTED' : 'DECLINED',
          promised: word === 'ACCEPT' ? (part ?? dispute.claimed) : null,
          message: said,
          files: word === 'ACCEPT' ? dispute.files : [...dispute.files, fileOf(receipt)],
        }),
      );
    },
  };
}

function newComplaint(
  payment: WalletPayment,
  kind: SandboxDispute['kind'],
  reason: string,
  clock: Clock,
  random: Random,
): SandboxDispute {
  const given = (payment.refunds ?? [])
    .filter(({ status }) => status !== 'FAILED')
    .reduce((sum, { amount }) => sum + amount.minor, 0n);
  const left = money(payment.amount.currency, payment.amount.minor - given);
  return {
    partnerId: payment.walletId,
    disputeRequestId: `${payment.walletId}-D${random.digits(16)}`,
    paymentRequestId: payment.paymentRequestId,
    kind,
    status: 'UNSENT',
    reason,
    claimed: kind === 'RETRIEVAL' ? null : left,
    promised: null,
    message: null,
    files: [],
    dueAt: null,
    createdAt: clock.now(),
  };
}

/** What an answer to an escalation says of the money. */
function refundWord(word: ShopWord, part: Money | undefined): object {
  if (word !== 'ACCEPT') return { refundType: 'REFUSE_REFUND' };
  if (part === undefined) return { refundType: 'ACCEPT_REFUND' };
  return { refundType: 'ACCEPT_PARTIAL_REFUND', refundAmount: toWire(part) };
}

/** The shop's receipt of a sale, as a small file. */
function receiptOf(payment: TillPayment): WireEvidence {
  const text = [
    `Receipt of ${payment.tillId}`,
    `Order ${payment.paymentRequestId}`,
    `Paid ${new Date(payment.finishedAt ?? payment.createdAt).toISOString()}`,
    `Total ${decimalText(payment.amount)} ${payment.amount.currency}`,
  ].join('\n');
  return textFile('receipt.txt', text);
}

/** What the customer told the wallet, and what the wallet has debited, as a small file. */
function statementOf({ reason }: SandboxDispute, payment: WalletPayment): WireEvidence {
  const { merchantName, amount, payToAmount } = payment;
  const text = [
    `Statement of a customer of ${payment.walletId}`,
    `Payment ${payment.walletPaymentId} to ${merchantName}`,
    `Debited ${decimalText(payToAmount)} ${payToAmount.currency}, ` +
      `for ${decimalText(amount)} ${amount.currency}`,
    `What the customer says: ${reason}`,
  ].join('\n');
  return textFile('statement.txt', text);
}

function textFile(fileName: string, text: string): WireEvidence {
  const content = Buffer.from(`${text}\n`);
  return {
    fileName,
    contentType: 'text/plain',
    fileHash: createHash('sha256').update(content).digest('hex'),
    fileContent: content.toString('base64'),
  };
}

/** A file as a page shows it: texts can be read at once. */
function fileOf({ fileName, contentType, fileContent }: WireEvidence) {
  const isText = contentType === 'text/plain';
  return { fileName, text: isText ? Buffer.from(fileContent, 'base64').toString('utf8') : null };
}
