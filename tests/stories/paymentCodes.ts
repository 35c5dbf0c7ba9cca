// What a story can do with payment codes: have them issued, look at them, and invent some.

import type { CodeIssuer } from '../../src/network/codeIssuer.ts';
import type { Rig } from '../hub/rig.ts';
import { codeOf } from '../hub/scenes.ts';

/** What these steps need of a story. */
interface CodeStage {
  readonly rig: Rig;
  readonly codes: Map<string, string>;
}

type CodeVerb = (stage: CodeStage, words: readonly string[]) => Promise<string>;

export const paymentCodeVerbs: Readonly<Record<string, CodeVerb>> = {
  /** `code C1 for ANNA at TNG`. */
  async code({ rig, codes }, words) {
    const [name = ''] = words;
    codes.set(name, await codeOf(rig, after(words, 'at') ?? '', after(words, 'for') ?? ''));
    return 'SUCCESS';
  },
  /** `begins C1`: the six digits that name its wallet. */
  async begins({ codes }, [name = '']) {
    return `with ${codes.get(name)?.slice(0, 6)}`;
  },
  /** `invent C9 like C1 with 241101`: the same code under another issuer. */
  async invent({ codes }, words) {
    const like = codes.get(after(words, 'like') ?? '') ?? '';
    codes.set(words[0] ?? '', (after(words, 'with') ?? '') + like.slice(6));
    return '';
  },
};

/** `prefix 25 agreement 1 routing 101`, as far as a story says it. */
export function codeIssuerOf(words: readonly string[]): Partial<CodeIssuer> {
  const [prefix, agreement] = ['prefix', 'agreement'].map((word) => after(words, word));
  const routingNumber = after(words, 'routing');
  return {
    ...(prefix === undefined ? {} : { prefix: Number(prefix) }),
    ...(agreement === undefined ? {} : { agreement: Number(agreement) }),
    ...(routingNumber === undefined ? {} : { routingNumber }),
  };
}

function after(words: readonly string[], word: string): string | undefined {
  const at = words.indexOf(word);
  return at < 0 ? undefined : words[at + 1];
}
