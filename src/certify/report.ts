// Tells a network's console of a certification while it runs, over HTTP as an outsider.

import { type Network, NetworkFailure } from '../base/world.ts';
import type { CaseReport, CertificationReport } from './certify.ts';

/** How long the console may take for one report. */
const reportMs = 10_000;

export interface ReporterOptions {
  /** The address of the network, as `http://127.0.0.1:8080`. */
  readonly to: string;
  readonly runId: string;
  readonly clientId: string;
  readonly role: CertificationReport['role'];
  /** The endpoint that is certified. */
  readonly url: string;
  readonly network: Network;
  /** The header of whoever is signed in there; none while the network's door is open. */
  readonly session?: Readonly<Record<string, string>>;
  /** Told once, of the first report that was not taken; the certification goes on without. */
  readonly failed: (problem: string) => void;
}

export interface Reporter {
  /** Sends a case after those before it; it does not hold up the certification. */
  told(report: CaseReport, done: number, of: number): void;
  /** Resolves when everything was sent, or the console was given up. */
  ended(debited: CertificationReport['debited']): Promise<void>;
}

/** A reporter of one run. */
export function createReporter(options: ReporterOptions): Reporter {
  const { clientId, role, url } = options;
  const base = `${options.to}/console/api/certifications/${options.runId}`;
  let last = Promise.resolve(true);
  const send = (path: string, body: object) => {
    last = last.then(async (wasTaken) => {
      if (!wasTaken) return false;
      const problem = await problemOf(options, `${base}/${path}`, body);
      if (problem !== undefined) options.failed(problem);
      return problem === undefined;
    });
  };
  return {
    told(report, done, of) {
      send('cases', {
        run: { clientId, role, url, cases: of },
        case: { ordinal: done, ...report },
      });
    },
    async ended(debited) {
      send('end', debited === undefined ? {} : { debited });
      await last;
    },
  };
}

async function problemOf(
  { network, session }: ReporterOptions,
  url: string,
  body: object,
): Promise<string | undefined> {
  const headers = { 'content-type': 'application/json', ...session };
  try {
    const sent = { url, headers, body: JSON.stringify(body), timeoutMs: reportMs };
    const answer = await network.post(sent);
    return answer.status === 200 ? undefined : `HTTP ${answer.status} ${answer.body}`;
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
    return error.message;
  }
}
