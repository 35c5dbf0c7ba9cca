// Files that parties of a simulation send with disputes, and the auditor's memory of them: what
// arrives on the other side must be what was sent.

import { createHash } from 'node:crypto';
import type { WireEvidence } from '../wire/disputes.ts';
import type { Chance } from './chance.ts';

const types = ['image/jpeg', 'image/png', 'application/pdf', 'text/plain'] as const;

/** Some files, often none; no two of a run are alike. */
export function someFiles(chance: Chance, about: string): WireEvidence[] {
  const count = chance.happens(0.4) ? chance.between(1, 3) : 0;
  return Array.from({ length: count }, (_, index): WireEvidence => {
    const content = Buffer.from(`${about}, page ${index + 1} `.repeat(chance.between(1, 40)));
    return {
      fileName: `${about}-${index + 1}.dat`,
      contentType: types[chance.below(types.length)] ?? 'text/plain',
      fileHash: createHash('sha256').update(content).digest('hex'),
      fileContent: content.toString('base64'),
    };
  });
}

/** As a message has them: no field where there are none. */
export function withFiles(files: readonly WireEvidence[]) {
  return files.length === 0 ? {} : { evidences: files };
}

export class EvidenceAudit {
  readonly #blame: (what: string) => void;
  /** The files of each question and answer, by who says what. */
  readonly #sent = new Map<string, string>();

  constructor(blame: (what: string) => void) {
    this.#blame = blame;
  }

  sends(what: string, files: readonly WireEvidence[] = []): void {
    this.#sent.set(what, inOrder(files));
  }

  /** The other side has it, perhaps once more: the same files in the same order. */
  arrives(what: string, files: readonly WireEvidence[] = []): void {
    const sent = this.#sent.get(what);
    if (sent === undefined) this.#blame(`${what} arrives, and nobody has said it`);
    else if (sent !== inOrder(files))
      this.#blame(`${what} arrives with other files than were sent`);
  }
}

function inOrder(files: readonly WireEvidence[]): string {
  return files
    .map(({ fileName, contentType, fileHash, fileContent }) =>
      [fileName, contentType, fileHash, fileContent].join(' '),
    )
    .join('\n');
}
