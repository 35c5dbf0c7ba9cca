// Regular expressions that cannot hang: whoever writes the rules, matching takes one pass over the
// text.
//
// The engine of the language tries one way after another, and a hostile expression such as
// `(a+)+b` makes it try for years. Here all ways are followed at once (Thompson's construction):
// the cost is at most states x characters, and both are bounded. What would need trying, which is
// looking around and back-references, is refused when the rules are read. Tests compare the
// answers with the language's own engine.

import { type PatternNode, parsePattern, type Range } from './patternSyntax.ts';

/** Most states of one expression, counted repeats written out. */
export const maxPatternStates = 2_000;

/** An expression, ready to be matched against whole texts. */
export interface Pattern {
  /** What it costs: at most this many steps a character. */
  readonly states: number;
  /** Whether the whole text matches, as Java's `matches` (our reading of protocol.md §6.4). */
  matches(text: string): boolean;
}

export type PatternReading =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly problem: string };

type Step =
  | { readonly op: 'take'; readonly node: Extract<PatternNode, { kind: 'set' }> }
  | { op: 'fork'; first: number; second: number }
  | { op: 'go'; to: number }
  | { readonly op: 'start' }
  | { readonly op: 'end' }
  | { readonly op: 'match' };

/** Reads an expression; `problem` says what in it is not allowed. Never throws. */
export function compilePattern(source: string): PatternReading {
  const parsed = parsePattern(source);
  if (!parsed.ok) return parsed;
  const steps: Step[] = [];
  emit(steps, parsed.node);
  if (steps.length >= maxPatternStates) {
    return { ok: false, problem: `needs more than ${maxPatternStates} states` };
  }
  steps.push({ op: 'match' });
  const { ignoreCase } = parsed;
  const pattern = {
    states: steps.length,
    matches: (text: string) => run(steps, Array.from(text), ignoreCase),
  };
  return { ok: true, pattern };
}

/** Writes a node's steps; stops where there would be too many, which the caller then sees. */
function emit(steps: Step[], node: PatternNode): void {
  if (steps.length >= maxPatternStates) return;
  switch (node.kind) {
    case 'set':
      steps.push({ op: 'take', node });
      return;
    case 'start':
    case 'end':
      steps.push({ op: node.kind });
      return;
    case 'sequence':
      for (const part of node.parts) emit(steps, part);
      return;
    case 'choice':
      emitChoice(steps, node.options);
      return;
    case 'repeat':
      emitRepeat(steps, node);
  }
}

function emitChoice(steps: Step[], options: readonly PatternNode[]): void {
  const exits: { op: 'go'; to: number }[] = [];
  options.forEach((option, index) => {
    const fork = { op: 'fork' as const, first: 0, second: 0 };
    const last = index === options.length - 1;
    if (!last) steps.push(fork);
    fork.first = steps.length;
    emit(steps, option);
    if (!last) {
      const exit = { op: 'go' as const, to: 0 };
      steps.push(exit);
      exits.push(exit);
    }
    fork.second = steps.length;
  });
  for (const exit of exits) exit.to = steps.length;
}

function emitRepeat(steps: Step[], node: Extract<PatternNode, { kind: 'repeat' }>): void {
  for (let time = 0; time < node.least && steps.length < maxPatternStates; time += 1) {
    emit(steps, node.part);
  }
  if (node.most === null) {
    const fork = { op: 'fork' as const, first: 0, second: 0 };
    const back = steps.length;
    steps.push(fork);
    fork.first = steps.length;
    emit(steps, node.part);
    steps.push({ op: 'go', to: back });
    fork.second = steps.length;
    return;
  }
  const forks: { op: 'fork'; first: number; second: number }[] = [];
  for (let time = node.least; time < node.most && steps.length < maxPatternStates; time += 1) {
    const fork = { op: 'fork' as const, first: steps.length + 1, second: 0 };
    steps.push(fork);
    forks.push(fork);
    emit(steps, node.part);
  }
  for (const fork of forks) fork.second = steps.length;
}

/** Follows all ways at once; a state is visited at most once a character. */
function run(steps: readonly Step[], characters: readonly string[], ignoreCase: boolean): boolean {
  let waiting: number[] = [];
  const seen = new Int32Array(steps.length).fill(-1);
  let matched = false;

  function follow(from: number, at: number, into: number[]): void {
    const open = [from];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (seen[index] === at) continue;
      seen[index] = at;
      const step = steps[index] as Step;
      if (step.op === 'take') into.push(index);
      else if (step.op === 'go') open.push(step.to);
      else if (step.op === 'fork') open.push(step.second, step.first);
      else if (step.op === 'match') matched ||= at === characters.length;
      else if (step.op === 'start' ? at === 0 : at === characters.length) open.push(index + 1);
    }
  }

  follow(0, 0, waiting);
  for (let at = 0; at < characters.length && waiting.length > 0; at += 1) {
    const next: number[] = [];
    for (const index of waiting) {
      const step = steps[index];
      if (step?.op === 'take' && takes(step.node, characters[at] as string, ignoreCase)) {
        follow(index + 1, at + 1, next);
      }
    }
    waiting = next;
  }
  return matched;
}

function takes(
  set: { readonly ranges: readonly Range[]; readonly negated: boolean },
  character: string,
  ignoreCase: boolean,
): boolean {
  const inside = (text: string) => {
    const point = text.codePointAt(0) ?? 0;
    return set.ranges.some(([low, high]) => point >= low && point <= high);
  };
  const found = ignoreCase
    ? inside(character.toLowerCase()) || inside(character.toUpperCase())
    : inside(character);
  return found !== set.negated;
}
