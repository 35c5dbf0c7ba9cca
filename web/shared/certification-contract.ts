// Runs of the acceptance cases as the console shows them.
import type { WireMoney } from './contract.ts';

/** A certification as it was reported; `broken_off` when its certifier is not heard any more. */
export interface CertificationRun {
  readonly runId: string;
  readonly clientId: string;
  /** The participant's name; the Client-Id of one that is not in the network. */
  readonly name: string;
  readonly role: 'wallet' | 'acquirer';
  readonly url: string;
  readonly state: 'running' | 'ended' | 'broken_off';
  /** How many cases it has. */
  readonly cases: number;
  readonly counts: { readonly pass: number; readonly fail: number; readonly skipped: number };
  readonly begunAt: string;
  readonly endedAt: string | null;
  readonly debited: WireMoney | null;
}

export interface CertificationCaseReport {
  readonly ordinal: number;
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly verdict: 'pass' | 'fail' | 'skipped';
  readonly problem: string | null;
  readonly hint: string | null;
  readonly calls: readonly {
    readonly api: string;
    readonly sent: string;
    readonly answered: string | null;
    readonly signatureProblem: string | null;
    readonly tookMs: number;
  }[];
}

export interface CertificationDetail {
  readonly run: CertificationRun;
  readonly cases: readonly CertificationCaseReport[];
}
