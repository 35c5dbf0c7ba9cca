// Payments in the words of the merchant dialect (protocol.md §2.16).

import { ownIdOf } from '../../merchants/merchant.ts';
import { toWire } from '../../money/money.ts';
import { transactionsOf } from '../../payments/aftermathBodies.ts';
import { paymentIdOf, settlementFacts } from '../../payments/bodies.ts';
import type { Aftermath } from '../../payments/facts.ts';
import { type Payment, paidLegOf } from '../../payments/payment.ts';
import type { Rules } from '../../payments/rules.ts';
import type { MerchantQuote, TransactionStatus } from '../../wire/merchant.ts';
import type { Amount, Quote } from '../../wire/objects.ts';
import { formatTime } from '../../wire/time.ts';

/** What a merchant may know of a payment; who paid is told on success only. */
export function merchantFacts(payment: Payment, rules: Pick<Rules, 'directory'>) {
  const paid = paidLegOf(payment);
  return {
    paymentRequestId: ownIdOf(payment.paymentRequestId),
    paymentId: paymentIdOf(payment),
    paymentAmount: toWire(payment.amount),
    paymentCreateTime: formatTime(payment.createdAt),
    ...(paid === undefined || payment.finishedAt === null
      ? {}
      : {
          paymentTime: formatTime(payment.finishedAt),
          pspCustomerInfo: {
            pspName: rules.directory.byId(paid.walletId)?.name ?? paid.walletId,
            pspCustomerId: paid.customerId,
          },
          ...grossSettlement(settlementFacts(payment)),
        }),
  };
}

/**
 * What is settled before fees, and at which price: given only where something was converted, as the
 * dialect has it.
 */
export function grossSettlement(facts: {
  readonly settlementAmount?: Amount | undefined;
  readonly settlementQuote?: Quote | undefined;
}): { readonly grossSettlementAmount?: Amount; readonly settlementQuote?: MerchantQuote } {
  const { settlementAmount, settlementQuote } = facts;
  if (settlementAmount === undefined || settlementQuote === undefined) return {};
  return {
    grossSettlementAmount: settlementAmount,
    settlementQuote: quoteInNumbers(settlementQuote),
  };
}

/** The price as the number that the dialect has: to be read, never to be reckoned with. */
function quoteInNumbers(quote: Quote): MerchantQuote {
  return { ...quote, quotePrice: Number(quote.quotePrice) };
}

/** How a payment stands; CANCELLED is what the merchant itself has cancelled. */
export function paymentStatusOf(payment: Payment, aftermath: Aftermath): TransactionStatus {
  switch (payment.state) {
    case 'PROCESSING':
    case 'SUCCESS':
      return payment.state;
    case 'FAILED':
      return 'FAIL';
    case 'CLOSED':
      return aftermath.cancellation === null ? 'FAIL' : 'CANCELLED';
  }
}

/** How a refund stands, in the words of the dialect. */
export const refundStatusOf = {
  ASKED: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  FAILED: 'FAIL',
} as const;

/** What came of a payment, with the merchant's own ids. */
export function merchantTransactions(payment: Payment, aftermath: Aftermath) {
  return transactionsOf(payment, aftermath).map((each) => ({
    ...each,
    ...(each.transactionRequestId === undefined
      ? {}
      : { transactionRequestId: ownIdOf(each.transactionRequestId) }),
  }));
}
