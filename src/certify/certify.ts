// Plays all acceptance cases against a partner, one after the other, and reports what was found.

import type { Clock, Random } from '../base/world.ts';
import { withoutSecrets } from '../wire/secrets.ts';
import { acquirerAgreementCases } from './acquirerAgreementCases.ts';
import { acquirerCases } from './acquirerCases.ts';
import { nationalCodeCases, privateCodeCases } from './acquirerCodeCases.ts';
import { acquirerDisputeCases, createAcquirerDisputePlay } from './acquirerDisputeCases.ts';
import { createAcquirerHearing } from './acquirerHearing.ts';
import { type AcquirerTerms, createAcquirerPlay } from './acquirerPlay.ts';
import { acquirerWindowCases } from './acquirerWindowCases.ts';
import { doorCases, inTime } from './doorCases.ts';
import { type Line, type LineOptions, openLine, type Said } from './line.ts';
import { createEars, type Listening } from './listening.ts';
import type { MoveTime } from './networkTime.ts';
import type { AcceptanceCase, CaseOutcome } from './outcome.ts';
import { debitedBy } from './tally.ts';
import { walletAftermathCases } from './walletAftermathCases.ts';
import { walletAgreementCases } from './walletAgreementCases.ts';
import { createWalletDisputePlay, walletDisputeCases } from './walletDisputeCases.ts';
import { walletPayCases } from './walletPayCases.ts';
import { createWalletPlay, type WalletTerms } from './walletPlay.ts';
import { walletWindowCases } from './walletWindowCases.ts';

/** One call of a case as it is shown: both bodies shortened. */
interface ShownCall {
  readonly api: string;
  readonly sent: string;
  readonly answered: string | null;
  /** Why the answer's signature does not hold, or null. */
  readonly signatureProblem: string | null;
  readonly tookMs: number;
}

/** A case with what came of it. */
export interface CaseReport {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly verdict: CaseOutcome['verdict'];
  /** What went wrong, or why it was skipped; null when it passed. */
  readonly problem: string | null;
  /** What to change; null unless it failed. */
  readonly hint: string | null;
  readonly calls: readonly ShownCall[];
}

export interface CertificationReport {
  readonly role: 'wallet' | 'acquirer';
  readonly url: string;
  /** Nothing failed. */
  readonly passed: boolean;
  readonly counts: Readonly<Record<CaseOutcome['verdict'], number>>;
  readonly cases: readonly CaseReport[];
  /** Wallets: what the customer's account must have lost by now, to compare with its books. */
  readonly debited?: { readonly currency: string; readonly value: string };
}

export interface CertificationOptions extends Omit<LineOptions, 'clock'> {
  readonly clock: Clock;
  readonly random: Random;
  /** Moves the time that the wallet and `clock` go by; without it windows are not looked at. */
  readonly moveTime?: MoveTime;
  /** Where the partner's own calls come, and who is asked for them; without it none is awaited. */
  readonly listening?: Listening;
  /** Told of each case as soon as it has ended. */
  readonly progress: (report: CaseReport, done: number, of: number) => void;
}

/** Longest text of a body in a report: more than a whole `pay` with everything in it. */
const shownLength = 1_600;

/** Certifies a wallet: pays, cancels and refunds with the money of the customer in `terms`. */
export async function certifyWallet(
  terms: WalletTerms,
  options: CertificationOptions,
): Promise<CertificationReport> {
  const line = openLine(options);
  const play = createWalletPlay(terms, line, options);
  const { clock, moveTime, listening } = options;
  const cases = [
    ...boundTo(play, doorCases),
    ...boundTo(play, walletPayCases),
    ...boundTo(play, walletAftermathCases),
    // Only where somebody consents: not every wallet takes part in auto debit.
    ...boundTo(play, terms.consent === undefined ? [] : walletAgreementCases),
  ];
  if (listening !== undefined) {
    const disputes = createWalletDisputePlay(play, createEars(listening, line), clock);
    cases.push(...boundTo(disputes, walletDisputeCases));
  }
  if (moveTime !== undefined) {
    cases.push(...boundTo({ ...play, clock, moveTime }, walletWindowCases));
  }
  const report = await playAll('wallet', [...cases, ...boundTo(play, [inTime])], line, options);
  const debited = { currency: terms.payToCurrency, value: String(debitedBy(line.log)) };
  return { ...report, debited };
}

/** Certifies an acquirer by notices and codes; the orders in `terms` are ended by it. */
export async function certifyAcquirer(
  terms: AcquirerTerms,
  options: CertificationOptions,
): Promise<CertificationReport> {
  const line = openLine(options);
  const play = createAcquirerPlay(terms, line, options);
  const { clock, moveTime, listening } = options;
  const cases = [
    ...boundTo(play, doorCases),
    ...boundTo(play, acquirerCases),
    // Only where it says that it takes part: not every acquirer makes codes of its own.
    ...boundTo(play, terms.privateCode === undefined ? [] : privateCodeCases),
    ...boundTo(play, terms.nationalCode === undefined ? [] : nationalCodeCases),
  ];
  if (listening !== undefined) {
    const hearing = createAcquirerHearing(play, createEars(listening, line), clock);
    cases.push(
      ...boundTo(hearing, acquirerAgreementCases),
      ...boundTo(createAcquirerDisputePlay(hearing), acquirerDisputeCases),
    );
    if (moveTime !== undefined) {
      cases.push(...boundTo({ ...hearing, moveTime }, acquirerWindowCases));
    }
  }
  return playAll('acquirer', [...cases, ...boundTo(play, [inTime])], line, options);
}

/** A case that knows with whom it is played. */
type BoundCase = Omit<AcceptanceCase<never>, 'run'> & { readonly run: () => Promise<CaseOutcome> };

function boundTo<P>(play: P, cases: readonly AcceptanceCase<P>[]): BoundCase[] {
  return cases.map((each) => ({ ...each, run: () => each.run(play) }));
}

async function playAll(
  role: CertificationReport['role'],
  cases: readonly BoundCase[],
  { log }: Line,
  options: CertificationOptions,
): Promise<CertificationReport> {
  const reports: CaseReport[] = [];
  for (const each of cases) {
    const before = log.length;
    const outcome = await each.run();
    const report = reportOf(each, outcome, log.slice(before));
    reports.push(report);
    options.progress(report, reports.length, cases.length);
  }
  const count = (verdict: CaseOutcome['verdict']) =>
    reports.filter((report) => report.verdict === verdict).length;
  const counts = { pass: count('pass'), fail: count('fail'), skipped: count('skipped') };
  return { role, url: options.url, passed: counts.fail === 0, counts, cases: reports };
}

function reportOf(
  { id, title, source, hint }: BoundCase,
  outcome: CaseOutcome,
  calls: readonly Said[],
): CaseReport {
  return {
    id,
    title,
    source,
    verdict: outcome.verdict,
    problem: outcome.verdict === 'pass' ? null : outcome.problem,
    hint: outcome.verdict === 'fail' ? hint : null,
    calls: calls.map((said) => ({
      api: said.isHeard === true ? `${said.api} (from the partner)` : said.api,
      sent: shortened(withoutSecrets(said.api, said.sent)),
      answered:
        said.answered === undefined ? null : shortened(withoutSecrets(said.api, said.answered)),
      signatureProblem: said.signatureProblem ?? null,
      tookMs: said.tookMs,
    })),
  };
}

function shortened(text: string): string {
  return text.length <= shownLength ? text : `${text.slice(0, shownLength)}…`;
}
