// A wallet's web view: it opens an acquirer's registered page as the wallet, and takes the visitor
// over where the page hands on to the network.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Network } from '../base/world.ts';
import { acquirerOfDomain, walletAgent } from './entry-addresses.ts';
import { type EntryPage, entryPagePolicy, handedOverPage } from './entry-page.ts';
import { chooseLanguage, offeredLanguages } from './entry-words.ts';
import { sendProblem } from './http.ts';
import { hubTimeoutMs } from './hub-link.ts';
import { refused } from './outcome.ts';
import { type SandboxWallet, sandboxWallets } from './partners.ts';
import { scan, type VisitorOptions } from './visitor-commands.ts';
import type { WalletStore } from './wallet-store.ts';

export interface WebViewOptions {
  readonly store: WalletStore;
  readonly visitor: VisitorOptions;
  readonly network: Network;
  readonly hubUrl: string;
}

interface ViewRoute {
  readonly walletId: string;
  readonly customerId: string;
  readonly host: string;
  '*': string;
}

/** The network's address that turns an entry code into an order code (protocol.md §1.4 step 4). */
const entryPath = /^\/entry\/[0-9]{1,64}$/;

/** What an acquirer has under its registered domain. */
const storePage = /^stores\/[A-Z0-9-]{1,64}\/entry$/;

const conversion = z.object({ codeValue: z.string() });
const problemBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/**
 * Registers `/sandbox/wallets/…/web/<domain>/…`. Pages use relative links, so whatever the visitor
 * does on them comes through here and carries the wallet's User-Agent, as in an app.
 */
export function webViewRoutes(server: FastifyInstance, options: WebViewOptions): void {
  server.route<{ Params: ViewRoute }>({
    method: ['GET', 'POST'],
    url: '/sandbox/wallets/:walletId/customers/:customerId/web/:host/*',
    handler: (request, reply) => view(server, options, request, reply),
  });
}

async function view(
  server: FastifyInstance,
  options: WebViewOptions,
  request: FastifyRequest<{ Params: ViewRoute }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { walletId, customerId, host } = request.params;
  const wallet = sandboxWallets.find(({ id }) => id === walletId);
  if (wallet === undefined || options.store.customer(walletId, customerId) === null) {
    const message = `${walletId} has no customer ${customerId}.`;
    return sendProblem(reply, refused(404, 'CUSTOMER_NOT_FOUND', message).problem);
  }
  const acquirer = acquirerOfDomain(host);
  if (acquirer === undefined || !storePage.test(request.params['*'])) {
    const shown = shownAfter(wallet, new URLSearchParams(), request.headers['accept-language']);
    const message = `${host} is not registered with the network; the wallet does not open it.`;
    return send(reply, 404, handedOverPage(shown, message));
  }
  const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
  const form = new URLSearchParams(request.body as Record<string, string> | undefined);
  const language = request.headers['accept-language'];
  const page = await server.inject({
    method: request.method as 'GET' | 'POST',
    url: `/sandbox/acquirers/${acquirer.id}/${request.params['*']}${query}`,
    headers: {
      accept: 'text/html',
      'user-agent': walletAgent(wallet),
      ...(language === undefined ? {} : { 'accept-language': language }),
      ...(request.method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(request.method === 'POST' ? { payload: form.toString() } : {}),
  });
  const next = page.headers.location;
  if (page.statusCode === 303 && typeof next === 'string') {
    const problem = await takeOver(options, wallet, customerId, next);
    const shown = shownAfter(wallet, form, language);
    return send(reply, problem === null ? 200 : 422, handedOverPage(shown, problem));
  }
  const type = String(page.headers['content-type'] ?? 'text/plain');
  return send(reply, page.statusCode, page.body, type);
}

/** The page is the acquirer's no more; it keeps its language and the way back. */
function shownAfter(
  wallet: SandboxWallet,
  form: URLSearchParams,
  acceptLanguage: string | undefined,
): EntryPage {
  const offered = offeredLanguages(wallet.market);
  const language = chooseLanguage(offered, form.get('lang') ?? undefined, acceptLanguage);
  return { language, offered: [], shopName: wallet.name, place: '', till: form.get('till') ?? '' };
}

function send(
  reply: FastifyReply,
  status: number,
  body: string,
  type = 'text/html; charset=utf-8',
): FastifyReply {
  return reply
    .code(status)
    .type(type)
    .header('content-security-policy', entryPagePolicy)
    .send(body);
}

/**
 * Intercepts the network's address: it becomes an order code, and from there it is a scan like any
 * other. Gives the reason when that is not possible.
 */
async function takeOver(
  { visitor, network, hubUrl }: WebViewOptions,
  wallet: SandboxWallet,
  customerId: string,
  address: string,
): Promise<string | null> {
  const path = URL.canParse(address) ? new URL(address).pathname : '';
  if (!entryPath.test(path)) return 'The page leads to an address that the wallet does not open.';
  const answer = await network
    .post({ url: hubUrl + path, headers: {}, body: '', timeoutMs: hubTimeoutMs })
    .catch(() => undefined);
  if (answer === undefined) return 'The network could not be reached.';
  const told = readJson(answer.body);
  if (answer.status !== 200) {
    const problem = problemBody.safeParse(told);
    return problem.success ? problem.data.error.message : 'The network gave no usable answer.';
  }
  const converted = conversion.safeParse(told);
  if (!converted.success) return 'The network gave no usable answer.';
  const scanned = await scan(visitor, wallet, customerId, converted.data.codeValue);
  return scanned.intent === null ? (scanned.problem?.message ?? 'The code was refused.') : null;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an answer of somebody else: the caller says that it is of no use.
    return undefined;
  }
}
