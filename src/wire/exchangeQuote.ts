// How a wallet asks what an exchange would cost now (protocol.md §5, inquiryForeignExchangeQuote).
import { z } from 'zod';
import { currency, paymentFactor, quote, resultObject } from './objects.ts';

/**
 * inquiryForeignExchangeQuote, wallet to network. No source says from whose side the words are
 * meant; our rule: the customer sells `sellCurrency` (the wallet's own) and buys `buyCurrency`, the
 * shop's.
 */
export const inquiryForeignExchangeQuoteRequest = z.object({
  sellCurrency: currency,
  buyCurrency: currency,
  paymentFactor: paymentFactor.optional(),
});
export type InquiryForeignExchangeQuoteRequest = z.infer<typeof inquiryForeignExchangeQuoteRequest>;

/**
 * The quote is for reference only, so it has no `quoteId`: a payment is quoted when it is made. The
 * pair and `quotePrice` read as in `paymentQuote`: one unit of `buyCurrency` costs `quotePrice`
 * units of `sellCurrency`, and `extendInfo` says the middle price and the spread.
 */
export const inquiryForeignExchangeQuoteResponse = z.object({
  result: resultObject,
  foreignExchangeQuote: quote.optional(),
});
export type InquiryForeignExchangeQuoteResponse = z.infer<
  typeof inquiryForeignExchangeQuoteResponse
>;
