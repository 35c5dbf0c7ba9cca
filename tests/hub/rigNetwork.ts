// The wires between hubs and simulated partners, in process.

import type { Hub } from '../../src/api/hub.ts';
import { present } from '../../src/base/assert.ts';
import { type Network, NetworkFailure } from '../../src/base/world.ts';
import type { createPartnerServer } from '../../src/wire/partnerServer.ts';
import { result } from '../../src/wire/results.ts';
import type { SimulatedAcquirer } from './acquirer.ts';
import type { SettableClock } from './clock.ts';
import type { AuthNotice, DisputeCall, Notice } from './rig.ts';
import type { SimulatedWallet } from './wallet.ts';

/** A partner's way to one hub, in process. */
export function hubNetwork(hub: Hub): Network {
  return {
    async post({ url, headers, body }) {
      const { pathname, search } = new URL(url);
      const bytes = Buffer.from(body, 'utf8');
      const uri = pathname + search;
      const answer = await hub.handle({ method: 'POST', uri, headers, body: bytes });
      return { status: answer.status, headers: answer.headers, body: answer.body };
    },
  };
}

/** The hubs' way to the partners, in process: signed both ways, silent where a partner is away. */
export function partnerNetwork(parts: {
  readonly servers: ReadonlyMap<string, ReturnType<typeof createPartnerServer>>;
  readonly wallets: ReadonlyMap<string, SimulatedWallet>;
  readonly acquirers: ReadonlyMap<string, SimulatedAcquirer>;
  readonly notices: Notice[];
  readonly authNotices: AuthNotice[];
  readonly registrationNotices: Record<string, unknown>[];
  readonly disputeCalls: DisputeCall[];
  readonly deaf: ReadonlySet<string>;
  readonly unsigned: ReadonlySet<string>;
  /** Counted up while a partner that was called keeps silent. */
  readonly silences: { count: number };
  readonly clock: SettableClock;
  readonly elsewhere: Network | undefined;
}): Network {
  const {
    servers,
    wallets,
    acquirers,
    notices,
    disputeCalls,
    authNotices,
    registrationNotices,
    deaf,
    unsigned,
    silences,
    clock,
    elsewhere,
  } = parts;
  async function replyOf(id: string, api: string | undefined, text: string) {
    const wallet = wallets.get(id);
    if (api !== undefined && /Retrieval|Escalation|Dispute/.test(api)) {
      if (deaf.has(id) || wallet?.away === true) return null;
      disputeCalls.push({ partnerId: id, api, body: JSON.parse(text) });
      return { result: result('SUCCESS') };
    }
    if (wallet !== undefined) return wallet.answer(api, text);
    if (deaf.has(id)) return null;
    switch (api) {
      case 'notifyPayment':
        notices.push(noticeFrom(id, text));
        break;
      case 'notifyRegistrationStatus':
        registrationNotices.push({ ...JSON.parse(text), to: id });
        break;
      case 'authNotify':
        authNotices.push({ ...JSON.parse(text), acquirerId: id });
        break;
      default:
        return present(acquirers.get(id), `acquirer ${id}`).answer(api, text);
    }
    return { result: result('SUCCESS') };
  }
  return {
    async post({ url, headers, body, timeoutMs }) {
      const { hostname, pathname } = new URL(url);
      const id = [...servers.keys()].find((each) => `${each.toLowerCase()}.test` === hostname);
      const server = servers.get(id ?? '');
      if (id === undefined || server === undefined) {
        if (elsewhere === undefined) throw new NetworkFailure('unreachable', `nobody is at ${url}`);
        return elsewhere.post({ url, headers, body, timeoutMs });
      }
      let silent = false;
      const answered = server.handle(
        { method: 'POST', uri: pathname, headers, body },
        async (call) => {
          const reply = await replyOf(id, call.api, call.bodyText);
          silent = reply === null;
          return reply ?? {};
        },
      );
      let cancel = () => {};
      const tooLate = new Promise<never>((_resolve, reject) => {
        cancel = clock.wait(timeoutMs, () => reject(new NetworkFailure('timeout', 'no answer')));
      });
      const answer = await Promise.race([answered, tooLate]);
      if (silent) {
        silences.count++;
        return tooLate.finally(() => void silences.count--);
      }
      cancel();
      if (answer.verdict !== 'valid') throw new Error(`the hub's call to ${id}: ${answer.verdict}`);
      if (!unsigned.has(id)) return answer;
      return { ...answer, headers: { 'content-type': 'application/json' } };
    },
  };
}

function noticeFrom(acquirerId: string, text: string): Notice {
  const body = JSON.parse(text) as {
    paymentRequestId: string;
    paymentResult: { resultCode: string };
  };
  const { paymentRequestId, paymentResult } = body;
  return { acquirerId, paymentRequestId, resultCode: paymentResult.resultCode };
}
