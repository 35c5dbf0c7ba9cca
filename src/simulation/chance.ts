// Chance that can be repeated: a small generator whose every draw follows from a seed text.

import type { Random } from '../base/world.ts';

/**
 * Four words of state, mixed as in "small fast counting" (sfc32): good enough to shake a network,
 * never used for anything secret. Each party of a simulation draws from a fork of its own, so that
 * one more draw here does not change what happens there.
 */
export class Chance implements Random {
  readonly #seed: string;
  #a: number;
  #b: number;
  #c: number;
  #count = 1;

  constructor(seed: string) {
    this.#seed = seed;
    [this.#a, this.#b, this.#c] = [hashed(seed, 1), hashed(seed, 2), hashed(seed, 3)];
    for (let warmUp = 0; warmUp < 12; warmUp++) this.#word();
  }

  /** An independent stream with a name. */
  fork(name: string): Chance {
    return new Chance(`${this.#seed}/${name}`);
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor((this.#word() / 0x1_0000_0000) * count);
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True with this probability, from 0 to 1. */
  happens(probability: number): boolean {
    return this.#word() / 0x1_0000_0000 < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  /** One of the names, each as likely as its weight. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const names = Object.keys(weights) as Name[];
    const total = names.reduce((sum, name) => sum + weights[name], 0);
    let left = (this.#word() / 0x1_0000_0000) * total;
    for (const name of names) {
      left -= weights[name];
      if (left < 0) return name;
    }
    return names[names.length - 1] as Name;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  digits(length: number): string {
    let text = '';
    for (let index = 0; index < length; index++) text += this.below(10);
    return text;
  }

  #word(): number {
    const word = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + word) | 0;
    return word >>> 0;
  }
}

/** A 32-bit word of a text: FNV-1a with a last mixing. */
function hashed(text: string, salt: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(salt, 0x9e3779b9);
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
