// The acquirers' own amount page behind a printed code: what each shop's visitors open and type.

import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Random } from '../base/world.ts';
import { exponentOf } from '../money/currency.ts';
import { type Money, parseDecimal } from '../money/money.ts';
import { crossRate, invertRate, rateFromDecimal, rateText } from '../money/rate.ts';
import type { TillPlace } from './acquirer-messages.ts';
import { readWalletAgent, type VisitingWallet } from './entry-addresses.ts';
import { entryAssets } from './entry-assets.ts';
import {
  type AmountForm,
  amountPage,
  type EntryPage,
  entryPagePolicy,
  notAWalletPage,
} from './entry-page.ts';
import { chooseLanguage, offeredLanguages } from './entry-words.ts';
import { readBody, sendProblem } from './http.ts';
import { type ApiOutcome, done, refused } from './outcome.ts';
import { sandboxAcquirers } from './partners.ts';
import type { SampleRates } from './rates-store.ts';
import type { TillDesk } from './till-commands.ts';

export interface EntryRoutesOptions {
  readonly desk: TillDesk;
  readonly rates: SampleRates;
  readonly random: Random;
  /** By which tokens of a User-Agent a wallet of the network is known. */
  readonly walletAgents?: readonly string[];
}

interface StoreRoute {
  readonly acquirerId: string;
  readonly storeId: string;
}

const pageQuery = z.object({
  till: z.string().max(64).optional(),
  lang: z.string().max(16).optional(),
});

const amountBody = pageQuery.extend({
  amount: z.string().max(32).optional(),
  order: z.string().regex(/^[0-9]{20}$/, { error: 'must be the number that the page gave' }),
});

/** The most that the page lets through, in yuan; limits of the product are the hub's to say. */
const typedMinorLimit = 10n ** 11n;

/** Registers the page of every store, with what the browser loads for it. */
export function entryRoutes(server: FastifyInstance, options: EntryRoutesOptions): void {
  const path = '/sandbox/acquirers/:acquirerId/stores/:storeId/entry';
  readForms(server);
  entryAssets(server);
  server.get<{ Params: StoreRoute }>(path, (request, reply) => {
    const query = readBody(pageQuery, request.query);
    if (!query.ok) return sendProblem(reply, query.problem);
    const place = findStore(request.params, query.value.till);
    if (!place.ok) return sendProblem(reply, place.problem);
    const wallet = readWalletAgent(request.headers['user-agent'], options.walletAgents);
    const page = pageOf(place.value, wallet, query.value.lang, request.headers['accept-language']);
    if (wallet === undefined) return sendPage(reply, 200, notAWalletPage(page));
    const form = emptyForm(options, wallet);
    return sendPage(reply, 200, amountPage(page, form));
  });

  server.post<{ Params: StoreRoute }>(path, async (request, reply) => {
    const body = readBody(amountBody, request.body);
    if (!body.ok) return sendProblem(reply, body.problem);
    const place = findStore(request.params, body.value.till);
    if (!place.ok) return sendProblem(reply, place.problem);
    const userAgent = request.headers['user-agent'] ?? '';
    const wallet = readWalletAgent(userAgent, options.walletAgents);
    const page = pageOf(place.value, wallet, body.value.lang, request.headers['accept-language']);
    if (wallet === undefined) return sendPage(reply, 403, notAWalletPage(page));
    const typed = (body.value.amount ?? '').trim();
    const form = { ...emptyForm(options, wallet), orderId: body.value.order, typed };
    const amount = readAmount(typed);
    if (amount === undefined) {
      return sendPage(reply, 422, amountPage(page, { ...form, problem: 'wrongAmount' }));
    }
    const payUrl = await startPayment(options.desk, place.value, {
      amount,
      userAgent,
      orderId: body.value.order,
    });
    if (payUrl !== null) return reply.redirect(payUrl, 303);
    const again = { ...emptyForm(options, wallet), typed, problem: 'refused' as const };
    return sendPage(reply, 502, amountPage(page, again));
  });
}

/** Forms of a browser, beside the JSON of scripts. */
function readForms(server: FastifyInstance): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, ready) =>
      ready(null, Object.fromEntries(new URLSearchParams(String(body)).entries())),
  );
}

/** The store with the till whose printed code it is; without one its first. */
function findStore(route: StoreRoute, tillId: string | undefined): ApiOutcome<TillPlace> {
  const { acquirerId, storeId } = route;
  const acquirer = sandboxAcquirers.find(({ id }) => id === acquirerId);
  const shop = acquirer?.shops.find(({ id }) => id === storeId);
  if (acquirer === undefined || shop === undefined) {
    return refused(404, 'STORE_NOT_FOUND', `There is no store ${storeId} at ${acquirerId}.`);
  }
  const till = shop.tills.find(({ id }) => id === tillId) ?? shop.tills[0];
  if (till === undefined) throw new Error(`${storeId} has no till`);
  return done({ acquirer, shop, tillId: till.id });
}

function pageOf(
  place: TillPlace,
  wallet: VisitingWallet | undefined,
  chosen: string | undefined,
  acceptLanguage: string | undefined,
): EntryPage {
  const { shop, tillId } = place;
  const offered = offeredLanguages(wallet?.market ?? null);
  const language = chooseLanguage(offered, chosen, acceptLanguage);
  const chinese = language.startsWith('zh');
  const where = chinese ? [shop.cityZh, shop.districtZh] : [shop.district, shop.city];
  return {
    language,
    offered,
    shopName: chinese ? shop.nameZh : shop.name,
    place: where.join(chinese ? ' ' : ', '),
    till: tillId,
  };
}

function emptyForm(options: EntryRoutesOptions, wallet: VisitingWallet): AmountForm {
  const home = homeRate(options.rates, wallet.currency);
  return { orderId: options.random.digits(20), typed: '', problem: null, home };
}

/** About how much a yuan is in the wallet's currency, by the published sample rates. */
function homeRate(rates: SampleRates, currency: string | null): AmountForm['home'] {
  const yuan = rates.unitsPerUsd('CNY');
  const units = currency === null ? undefined : rates.unitsPerUsd(currency);
  if (currency === null || yuan === undefined || units === undefined) return null;
  const rate = crossRate(
    invertRate(rateFromDecimal('USD', 'CNY', yuan)),
    rateFromDecimal('USD', currency, units),
  );
  return { currency, perUnit: rateText(rate), digits: exponentOf(currency) };
}

function readAmount(typed: string): Money | undefined {
  const amount = parseDecimal('CNY', typed);
  if (amount === undefined || amount.minor <= 0n) return undefined;
  return amount.minor > typedMinorLimit ? undefined : amount;
}

/** Where the visitor goes on; null when the hub did not take the order. */
async function startPayment(
  desk: TillDesk,
  place: TillPlace,
  asked: { readonly amount: Money; readonly userAgent: string; readonly orderId: string },
): Promise<string | null> {
  const { amount, userAgent, orderId } = asked;
  const started = await desk.start(place, {
    amount,
    // Sent twice it is one order; with another amount it is another.
    paymentRequestId: `${place.shop.id}-${orderId}-${amount.minor}`,
    page: { product: 'entry_code', env: { terminalType: 'WAP', userAgent } },
  });
  if (!started.ok) return null;
  const { payment } = started.value;
  return payment.status === 'PROCESSING' ? (payment.payUrl ?? null) : null;
}

function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', entryPagePolicy)
    .send(html);
}
