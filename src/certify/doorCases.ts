// Acceptance cases of the envelope, alike for wallets and acquirers: who signs, what, when, how.

import type { Said, Tampering } from './line.ts';
import { type AcceptanceCase, judge, wants } from './outcome.ts';

/** What a role must offer so that its door can be tried. */
export interface DoorPlay {
  /** A sound message that changes nothing when it is answered; sent with this wrong about it. */
  knock(tampering?: Tampering): Promise<Said>;
  /**
   * A message that would change something, sent with this wrong about it; gives its answer and,
   * if it did have an effect, what that was.
   */
  force(tampering: Tampering): Promise<{ readonly said: Said; readonly effect?: string }>;
  readonly log: readonly Said[];
  readonly limitMs: number;
}

/** Older than any clock is wrong; our own hub refuses after five minutes (our rule, §11). */
const staleMs = 3_600_000;

const forced =
  (tampering: Tampering, ...codes: readonly string[]) =>
  async (play: DoorPlay) => {
    const { said, effect } = await play.force(tampering);
    return judge(effect, wants(said, 'F', ...codes));
  };

const knockedAndSigned = (tampering: Tampering) => async (play: DoorPlay) => {
  const said = await play.knock(tampering);
  const problem = said.signatureProblem;
  return judge(said.problem, problem && `The answer does not verify. ${problem}`);
};

/** The cases of the envelope. */
export const doorCases: readonly AcceptanceCase<DoorPlay>[] = [
  {
    id: 'answers-are-signed',
    title: 'an answer is signed with your registered key',
    source: 'protocol.md §3',
    hint: 'Sign "POST <path>\\n<Client-Id>.<Response-Time>.<body>" and send the same bytes.',
    run: knockedAndSigned({}),
  },
  {
    id: 'refusals-are-signed',
    title: 'a refusal is signed too',
    source: 'protocol.md §3',
    hint: 'Sign every answer, also that to a request which does not verify.',
    run: knockedAndSigned({ foreignKey: true }),
  },
  {
    id: 'capital-headers',
    title: 'header names in capitals mean the same',
    source: 'protocol.md §3',
    hint: 'Compare header names without regard to case: Client-Id is client-id.',
    async run(play) {
      const [lower, capital] = [await play.knock(), await play.knock({ capitals: true })];
      const same = lower.result?.resultCode === capital.result?.resultCode;
      const problem = `With capitals: ${capital.result?.resultCode ?? capital.problem}.`;
      return judge(capital.problem, same ? undefined : problem);
    },
  },
  {
    id: 'bad-signature',
    title: 'a call that is signed with a foreign key is refused',
    source: 'protocol.md §9.3 (3)',
    hint: 'Verify the signature with the public key of the network before you look at the body.',
    run: forced({ foreignKey: true }, 'INVALID_SIGNATURE'),
  },
  {
    id: 'changed-body',
    title: 'a body that was changed after signing is refused, even by a blank',
    source: 'protocol.md §9.3 (3)',
    hint: 'Verify over the exact bytes received; never parse and write the body again first.',
    run: forced({ blankAfterSigning: true }, 'INVALID_SIGNATURE'),
  },
  {
    id: 'stale-time',
    title: 'a call that was signed an hour ago is refused',
    source: 'our rule (protocol.md §11 leaves it open)',
    hint: 'Refuse a Request-Time that is more than five minutes from your clock.',
    run: forced({ ageMs: staleMs }, 'INVALID_SIGNATURE', 'PARAM_ILLEGAL'),
  },
  {
    id: 'wrong-key-version',
    title: 'a key version that was never registered is refused',
    source: 'protocol.md §9.3 (3)',
    hint: 'Choose the key by keyVersion, and refuse a version that you do not have.',
    run: forced({ keyVersion: '999' }, 'KEY_NOT_FOUND', 'INVALID_SIGNATURE'),
  },
];

/** Goes last, because it looks at all that was asked before. */
export const inTime: AcceptanceCase<DoorPlay> = {
  id: 'in-time',
  title: 'every answer came within the time',
  source: 'our rule (timing.json, 7 s unless told otherwise)',
  hint: 'Answer U when you do not know yet; the network inquires later.',
  async run(play) {
    const slowest = play.log.toSorted((a, b) => b.tookMs - a.tookMs)[0];
    if (slowest === undefined || slowest.tookMs <= play.limitMs) return judge();
    return judge(`${slowest.api} took ${slowest.tookMs} ms; ${play.limitMs} ms are allowed.`);
  },
};
