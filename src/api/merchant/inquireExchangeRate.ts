// POST /ams/api/v1/payments/inquireExchangeRate, from a merchant: at which rate is it settled?

import { settledPrice, unpricedSentence } from '../../fx/board.ts';
import { isCurrency } from '../../money/currency.ts';
import type { MerchantRateRequest } from '../../wire/merchant.ts';
import { type MerchantQuote, merchantRateRequest } from '../../wire/merchant.ts';
import { result } from '../../wire/results.ts';
import { formatTime } from '../../wire/time.ts';
import { refuse } from '../partner/endpoint.ts';
import { merchantEndpoint } from './endpoint.ts';

/**
 * What a unit of an order's currency is worth in the currency of settlement, for reference only: a
 * payment has a rate of its own. A merchant sells the one and buys the other (our reading of the
 * dialect, which no source explains).
 */
export const merchantInquireExchangeRate = merchantEndpoint(
  merchantRateRequest,
  async ({ network }, message) => {
    const { rules, caller, now } = network;
    const quotes: MerchantQuote[] = [];
    for (const { sellCurrency, buyCurrency } of pairsOf(message, caller.currency)) {
      for (const code of [sellCurrency, buyCurrency]) {
        if (!isCurrency(code))
          return refuse('PARAM_ILLEGAL', `${code} is no currency of ISO 4217.`);
      }
      if (!caller.orderCurrencies.includes(sellCurrency) || buyCurrency !== caller.currency) {
        const known = caller.orderCurrencies.join(', ');
        const terms = `Your orders are in ${known}, settled in ${caller.currency}.`;
        return refuse('CURRENCY_NOT_SUPPORT', terms);
      }
      const priced = rules.board.price(sellCurrency, buyCurrency, caller, now);
      if (priced.kind === 'unpriced') {
        const why = unpricedSentence(sellCurrency, buyCurrency, priced.why);
        return refuse('CURRENCY_NOT_SUPPORT', why);
      }
      quotes.push({
        quoteCurrencyPair: `${sellCurrency}/${buyCurrency}`,
        quotePrice: Number(settledPrice(priced.price)),
        quoteStartTime: formatTime(now),
        quoteExpiryTime: formatTime(now + rules.timing.quoteLifeMs),
        baseCurrency: sellCurrency,
      });
    }
    return { body: { result: result('SUCCESS'), quotes } };
  },
);

function pairsOf(message: MerchantRateRequest, settlement: string) {
  if (message.currencyPairs !== undefined) return message.currencyPairs;
  const sellCurrency = message.sellCurrency ?? message.paymentCurrency ?? settlement;
  return [{ sellCurrency, buyCurrency: message.buyCurrency ?? settlement }];
}
