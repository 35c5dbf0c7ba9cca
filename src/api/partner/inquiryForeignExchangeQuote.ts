// POST /aps/api/v1/payments/inquiryForeignExchangeQuote, from a wallet: what would it cost now?

import { unpricedSentence } from '../../fx/board.ts';
import { isCurrency } from '../../money/currency.ts';
import { inquiryForeignExchangeQuoteRequest } from '../../wire/exchangeQuote.ts';
import { writeQuoteDetail } from '../../wire/objects.ts';
import { result } from '../../wire/results.ts';
import { formatTime } from '../../wire/time.ts';
import { endpoint, refuse } from './endpoint.ts';

/** For reference only: nothing is kept, and a payment gets a quote of its own when it is made. */
export const inquiryForeignExchangeQuoteEndpoint = endpoint(
  'wallet',
  inquiryForeignExchangeQuoteRequest,
  async ({ rules, caller, now }, { sellCurrency, buyCurrency }) => {
    for (const [field, code] of Object.entries({ sellCurrency, buyCurrency })) {
      if (!isCurrency(code)) {
        return refuse('PARAM_ILLEGAL', `${field} ${code} is no currency of ISO 4217.`);
      }
    }
    if (sellCurrency === buyCurrency) {
      return refuse('PARAM_ILLEGAL', 'buyCurrency must be another currency than sellCurrency.');
    }
    if (sellCurrency !== caller.currency) {
      const message = `sellCurrency must be ${caller.currency}, the currency of your agreement.`;
      return refuse('CURRENCY_NOT_SUPPORT', message);
    }
    const priced = rules.board.price(buyCurrency, sellCurrency, caller, now);
    if (priced.kind === 'unpriced') {
      const why =
        priced.why === 'no_rate'
          ? `There is no rate for buyCurrency ${buyCurrency} now.`
          : unpricedSentence(buyCurrency, sellCurrency, priced.why);
      return refuse('CURRENCY_NOT_SUPPORT', why);
    }
    const { price } = priced;
    const foreignExchangeQuote = {
      quoteCurrencyPair: `${buyCurrency}/${sellCurrency}`,
      quotePrice: price.chargedPrice,
      quoteStartTime: formatTime(now),
      quoteExpiryTime: formatTime(now + rules.timing.quoteLifeMs),
      baseCurrency: buyCurrency,
      extendInfo: writeQuoteDetail({
        midPrice: price.midPrice,
        spreadBasisPoints: String(price.spreadBasisPoints),
      }),
    };
    return { body: { result: result('SUCCESS'), foreignExchangeQuote } };
  },
);
