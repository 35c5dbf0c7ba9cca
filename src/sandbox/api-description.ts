// The sandbox API told to a machine: each endpoint with what it does, an example request and its
// answer.

import { pushModeMeanings } from './acquirer-push.ts';
import { behaviourMeanings } from './behaviour.ts';
import { sandboxPin } from './customers.ts';

interface EndpointDescription {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly description: string;
  /** A path that can be called as it is, where the example knows one. */
  readonly examplePath?: string;
  readonly exampleBody?: object;
  readonly answer: string;
}

const customer = '/sandbox/wallets/{walletId}/customers/{customerId}';
const exampleCustomer = '/sandbox/wallets/TNG/customers/TNG-0001';
const till = '/sandbox/acquirers/{acquirerId}/tills/{tillId}';
const exampleTill = '/sandbox/acquirers/CHENGDU_PAY/tills/TILL-NOODLES-1';

const endpoints: readonly EndpointDescription[] = [
  {
    method: 'GET',
    path: '/sandbox/api',
    description: 'This list.',
    answer: '{endpoints, behaviours, acquirerBehaviours, pin, rules}',
  },
  {
    method: 'GET',
    path: '/sandbox/wallets',
    description:
      'The wallets with their behaviour and customers, and the date of the sample rates.',
    answer: '{wallets: [{id, name, market, currency, behaviour, customers}], ratesDate}',
  },
  {
    method: 'GET',
    path: '/sandbox/market',
    description:
      'The market’s rates of this moment, as the hub gets them from its feed, and its mode.',
    answer: '{mode, currency, asOf, base, rates}',
  },
  {
    method: 'PUT',
    path: '/sandbox/market',
    description:
      'How the market behaves from now on: usual, jump (one currency is a tenth dearer), silent ' +
      '(no answer), wrong (one price is nonsense). It does not outlive a restart.',
    exampleBody: { mode: 'usual', currency: 'MYR' },
    answer: '{mode, currency}',
  },
  {
    method: 'PUT',
    path: '/sandbox/wallets/{walletId}/behaviour',
    description:
      'How the wallet treats payments from now on; see `behaviours`. It outlives a restart.',
    examplePath: '/sandbox/wallets/TNG/behaviour',
    exampleBody: { mode: 'decline', declineCode: 'RISK_REJECT' },
    answer: '{mode, delayMs, declineCode}',
  },
  {
    method: 'GET',
    path: customer,
    description: 'A customer, the balance, the last 50 payments and the one that awaits a PIN.',
    examplePath: exampleCustomer,
    answer: '{wallet, customer, payments: [WalletPayment], pending: WalletPayment | null}',
  },
  {
    method: 'POST',
    path: `${customer}/top-up`,
    description: 'Adds money to the account, in the currency of the wallet.',
    examplePath: `${exampleCustomer}/top-up`,
    exampleBody: { amount: { currency: 'MYR', value: '50000' } },
    answer: '{id, name, balance}',
  },
  {
    method: 'POST',
    path: `${customer}/codes`,
    description: 'Fetches 1 to 10 payment codes from the hub; each lives one minute.',
    examplePath: `${exampleCustomer}/codes`,
    exampleBody: { quantity: 1 },
    answer: '{codes: [{code, issuedAt, expiresAt}]}',
  },
  {
    method: 'GET',
    path: `${customer}/limits`,
    description: 'What the customer may still pay, as the hub tells the wallet.',
    examplePath: `${exampleCustomer}/limits`,
    answer: '{limits: [{limitName, limitPeriod, limitAmount, remainingAmount, isNear, …}]}',
  },
  {
    method: 'GET',
    path: '/sandbox/partners/{partnerId}/books/{date}',
    description:
      'The partner’s own file of a clearing day, from its own books, for `wayfare reconcile run`.',
    examplePath: '/sandbox/partners/TNG/books/2026-11-22',
    answer: 'text/csv: transactionType,requestId,currency,amountValue,completedAt',
  },
  {
    method: 'PUT',
    path: '/sandbox/partners/{partnerId}/books/{date}/mistakes',
    description:
      'How many rows of that file are wrong, from the first on: left out, written twice, a minor ' +
      'unit too much, dated a day later (they stand in the next day’s file), in another ' +
      'currency; and how many lines are added that are invented or cannot be read. It outlives a ' +
      'restart.',
    examplePath: '/sandbox/partners/TNG/books/2026-11-22/mistakes',
    exampleBody: { drop: 1, double: 1, changeAmount: 1, dayLate: 1, changeCurrency: 1, invent: 1 },
    answer: '{drop, double, changeAmount, dayLate, changeCurrency, invent, garble}',
  },
  {
    method: 'GET',
    path: '/sandbox/partners',
    description: 'Every partner of the sandbox.',
    answer: '{partners: [{id, name, role, market, currency}]}',
  },
  {
    method: 'GET',
    path: '/sandbox/partners/{partnerId}/books',
    description:
      'The last days of a partner’s own book: its rows, the mistakes that its file is to have, ' +
      'and what comparing with the network came to.',
    examplePath: '/sandbox/partners/TNG/books',
    answer: '{partnerId, name, role, currency, days: [{date, rows, mistakes, comparison}]}',
  },
  {
    method: 'POST',
    path: '/sandbox/partners/{partnerId}/books/{date}/comparison',
    description:
      'The partner fetches the network’s file of that day by a signed GET, compares it with its ' +
      'own book, and hands its own file in by a signed POST. After a day has closed it does so ' +
      'by itself.',
    examplePath: '/sandbox/partners/TNG/books/2026-11-22/comparison',
    answer:
      '{state: compared | waiting | failed, problem, file, ownRows, fileRows, same, differences: ' +
      '[{kind, type, requestId, own, theirs}], sent: {runId, isNew, lineCount, itemCount, ' +
      'matchedCount, breaks} | null}',
  },
  {
    method: 'GET',
    path: '/sandbox/wallets/{walletId}/code-rules',
    description:
      'The code rules that the wallet goes by, whence it has them (REMOTE, STORAGE or PRESET) ' +
      'and why they are not newer.',
    examplePath: '/sandbox/wallets/TNG/code-rules',
    answer: '{source, version, fetchedAt, problem?, rules}',
  },
  {
    method: 'POST',
    path: `${customer}/scans`,
    description:
      'Says whose code a scanned text is and why it cannot be paid, if so; an order code of the ' +
      'network becomes a payment that awaits the PIN; a registered page is to be opened. After ' +
      '`needsAmount` the same text is sent again with `amount`, in the currency of the code.',
    examplePath: `${exampleCustomer}/scans`,
    exampleBody: { text: 'https://qr.wayfare.example/…' },
    answer:
      '{identified: Identified, intent: WalletPayment | null, needsAmount?: true, problem?, ' +
      'open?: {host, rest}}',
  },
  {
    method: 'GET',
    path: `${customer}/web/{host}/stores/{storeId}/entry`,
    description:
      'The web view: an acquirer’s registered page, opened with the User-Agent of the wallet. ' +
      'POST its form {amount, order, till, lang} to the same path.',
    answer: 'text/html',
  },
  {
    method: 'POST',
    path: `${customer}/payments/{paymentRequestId}/confirm`,
    description:
      'Consents with the PIN. A wrong one gets 422 WRONG_PIN; the third ends the payment.',
    exampleBody: { pin: sandboxPin },
    answer: 'WalletPayment',
  },
  {
    method: 'POST',
    path: `${customer}/payments/{paymentRequestId}/decline`,
    description: 'Says no; the hub is notified of the failure.',
    exampleBody: {},
    answer: 'WalletPayment',
  },
  {
    method: 'GET',
    path: `${customer}/events`,
    description: 'Server-sent events: `payment` with a WalletPayment, `balance` with {balance}.',
    examplePath: `${exampleCustomer}/events`,
    answer: 'text/event-stream',
  },
  {
    method: 'GET',
    path: '/sandbox/acquirers',
    description: 'The acquirers with their shops and tills. All of them are invented.',
    answer: '{acquirers: [{id, name, settlementCurrency, shops: [{id, name, nameZh, tills, …}]}]}',
  },
  {
    method: 'POST',
    path: '/sandbox/acquirers/{acquirerId}/registrations',
    description:
      'Registers every shop of the acquirer with the network, which asks all wallets; the answer ' +
      'is what the network said. The wallets say their word within seconds, as their behaviour is.',
    examplePath: '/sandbox/acquirers/CHENGDU_PAY/registrations',
    answer: '{registrations: [{shopId, registrationRequestId, resultCode, resultMessage}]}',
  },
  {
    method: 'GET',
    path: '/sandbox/acquirers/{acquirerId}/stores/{storeId}/entry',
    description:
      'The page behind a printed code; `till` and `lang` in the query. Only the User-Agent of a ' +
      'wallet can pay there.',
    examplePath: '/sandbox/acquirers/CHENGDU_PAY/stores/SHOP-NOODLES/entry',
    answer: 'text/html',
  },
  {
    method: 'PUT',
    path: '/sandbox/acquirers/{acquirerId}/behaviour',
    description:
      'How the acquirer treats pushes of national codes from now on; see `acquirerBehaviours`. ' +
      'It outlives a restart.',
    examplePath: '/sandbox/acquirers/KINABALU_PAY/behaviour',
    exampleBody: { mode: 'push_later', delayMs: 6_000 },
    answer: '{mode, delayMs}',
  },
  {
    method: 'POST',
    path: `${till}/payments`,
    description:
      'Starts a payment. With `code` (24 digits from a wallet) it is charged at once; without, ' +
      'the answer has an order code to show. With `online` {walletId, returnUrl} it is an order ' +
      'of a page, and `payUrl` leads to the wallet. With `ownCode: true` the code is one of the ' +
      'acquirer itself. Header Idempotency-Key is the paymentRequestId.',
    examplePath: `${exampleTill}/payments`,
    exampleBody: { amount: { currency: 'CNY', value: '3600' } },
    answer: '201 TillPayment, or 200 when the Idempotency-Key is known',
  },
  {
    method: 'GET',
    path: `${till}/payments`,
    description: 'The last 50 payments of the till, newest first.',
    examplePath: `${exampleTill}/payments`,
    answer: '{payments: [TillPayment]}',
  },
  {
    method: 'GET',
    path: `${till}/payments/{paymentRequestId}`,
    description: 'One payment.',
    answer: 'TillPayment',
  },
  {
    method: 'POST',
    path: `${till}/payments/{paymentRequestId}/inquire`,
    description: 'Asks the hub now instead of at the next planned time.',
    exampleBody: {},
    answer: 'TillPayment',
  },
  {
    method: 'POST',
    path: `${till}/payments/{paymentRequestId}/cancel`,
    description:
      'Cancels at the hub: a paid payment until 00:15 (UTC+8) of the next day, whole. `cancel` ' +
      'of the answer says how it ended; while it is UNKNOWN the acquirer asks again by itself.',
    exampleBody: {},
    answer: 'TillPayment',
  },
  {
    method: 'POST',
    path: `${till}/payments/{paymentRequestId}/refunds`,
    description:
      'Refunds a paid payment: `amount`, or all that is left. Header Idempotency-Key is the ' +
      'refundRequestId. `refunds` of the answer say how each ended; while one is UNKNOWN the ' +
      'acquirer asks again by itself, with the same id.',
    exampleBody: { amount: { currency: 'CNY', value: '1200' } },
    answer: '201 TillPayment, or 200 when the Idempotency-Key is known',
  },
  {
    method: 'POST',
    path: `${till}/wallets`,
    description: 'Which wallets an online shop can offer for an amount, as the hub orders them.',
    examplePath: `${exampleTill}/wallets`,
    exampleBody: { amount: { currency: 'CNY', value: '12000' } },
    answer: '{wallets: [{walletId, name, enabled, reason?}]}',
  },
  {
    method: 'POST',
    path: `${customer}/payments/{paymentRequestId}/disputes`,
    description:
      'The customer asks about a paid payment: for its receipt (RETRIEVAL), or for all that is ' +
      'left of the money (ESCALATION), with what they say as a file. GET lists them.',
    exampleBody: { kind: 'ESCALATION', reason: 'The noodles never came.' },
    answer: '201 Dispute, with status ASKED or REFUSED',
  },
  {
    method: 'POST',
    path: `${till}/payments/{paymentRequestId}/disputes/{disputeRequestId}/answer`,
    description:
      'The shop answers: EVIDENCE to a retrieval, ACCEPT (which also refunds) or REFUSE to an ' +
      'escalation; with amount it accepts that part only. GET …/disputes lists what is asked. A ' +
      'shop that never answers lets it become overdue.',
    exampleBody: { word: 'ACCEPT' },
    answer: 'Dispute',
  },
  {
    method: 'GET',
    path: `${till}/events`,
    description: 'Server-sent events: `payment` with a TillPayment.',
    examplePath: `${exampleTill}/events`,
    answer: 'text/event-stream',
  },
  {
    method: 'GET',
    path: `${customer}/grants`,
    description: 'The shops that may charge the customer by themselves, and those that might.',
    examplePath: `${exampleCustomer}/grants`,
    answer: '{grants: [{grantId, merchantName, scopes, status, changedAt}]}',
  },
  {
    method: 'POST',
    path: `${customer}/grants/{grantId}/revoke`,
    description: 'The customer takes a permission back; the hub is told.',
    answer: '{grantId, merchantName, scopes, status, changedAt}',
  },
  {
    method: 'GET',
    path: '/sandbox/wallets/{walletId}/grants/{grantId}',
    description: 'What a shop asks of a customer of this wallet.',
    answer: '{grantId, merchantName, scopes, status, changedAt}',
  },
  {
    method: 'POST',
    path: '/sandbox/wallets/{walletId}/grants/{grantId}/allow',
    description: 'A customer consents with the PIN; goOn is where the browser goes then.',
    answer: '{goOn}',
  },
  {
    method: 'POST',
    path: '/sandbox/wallets/{walletId}/grants/{grantId}/refuse',
    description: 'The customer refuses; goOn is where the browser goes then.',
    answer: '{goOn}',
  },
  {
    method: 'GET',
    path: `${till}/bindings`,
    description: 'The wallets that the shop may charge with one tap.',
    examplePath: `${exampleTill}/bindings`,
    answer: '{bindings: [{bindingId, walletId, walletName, status}]}',
  },
  {
    method: 'POST',
    path: `${till}/bindings`,
    description: 'Asks a wallet for such a permission; goOn is where the browser goes then.',
    examplePath: `${exampleTill}/bindings`,
    exampleBody: { walletId: 'TNG', returnUrl: 'http://127.0.0.1:8080/shop/bound' },
    answer: '{bindingId, walletId, walletName, status, goOn}',
  },
  {
    method: 'POST',
    path: `${till}/bindings/finish`,
    description: 'The browser came back, with authState and, after a consent, authCode.',
    answer: '{bindingId, walletId, walletName, status}',
  },
  {
    method: 'POST',
    path: `${till}/bindings/{bindingId}/payments`,
    description: 'Charges the wallet: one tap.',
    answer: 'TillPayment',
  },
  {
    method: 'POST',
    path: `${till}/bindings/{bindingId}/refresh`,
    description: 'The shop has its tokens renewed; one tap does so by itself in their last minute.',
    answer: '{bindingId, walletId, walletName, status}',
  },
  {
    method: 'POST',
    path: `${till}/bindings/{bindingId}/end`,
    description: 'The shop forgets the wallet; hub and wallet end the permission.',
    answer: '{bindingId, walletId, walletName, status}',
  },
];

/** What `GET /sandbox/api` answers. */
export const apiDescription = {
  name: 'Wayfare sandbox API',
  documentation: 'docs/reference/sandbox-api.md',
  rules: {
    money: 'Amounts are {"currency","value"}: value counts minor units, as a text.',
    time: 'Times are ISO 8601 text with milliseconds in UTC.',
    errors: 'Errors have a 4xx or 5xx status and {"error":{"code","message","field"?}}.',
    access: 'No sign-in: nothing here is real money.',
  },
  pin: sandboxPin,
  behaviours: behaviourMeanings,
  acquirerBehaviours: pushModeMeanings,
  endpoints,
};
