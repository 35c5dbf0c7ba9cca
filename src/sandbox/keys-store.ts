// The key pairs of the sandbox's partners: made once, kept in files that only their owner can read.

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateKeys } from '../wire/signature.ts';
import { sandboxPartners } from './partners.ts';

/** A partner's key pair in PEM. Only the public one is ever shown to anybody. */
export interface PartnerKeys {
  readonly publicKeyPem: string;
  readonly privateKeyPem: string;
}

/**
 * The keys of every sandbox partner by its id, from `<home>/sandbox/keys/`; those that do not
 * exist yet are made (about a tenth of a second for each RSA key). Private keys are written with
 * mode 0600.
 */
export async function ensureSandboxKeys(
  home: string,
): Promise<Readonly<Record<string, PartnerKeys>>> {
  const directory = path.join(home, 'sandbox', 'keys');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const keys: Record<string, PartnerKeys> = {};
  for (const partner of sandboxPartners()) {
    const privateFile = path.join(directory, `${partner.id}.private.pem`);
    const publicFile = path.join(directory, `${partner.id}.public.pem`);
    // The private file is written last, so that its presence means that the pair is complete.
    if (!existsSync(privateFile)) {
      const made = generateKeys(partner.algorithm);
      writeWhole(publicFile, made.publicKeyPem, 0o644);
      writeWhole(privateFile, made.privateKeyPem, 0o600);
      // Between two RSA keys the process must stay able to answer.
      await new Promise((resolve) => setImmediate(resolve));
    }
    keys[partner.id] = {
      publicKeyPem: readFileSync(publicFile, 'utf8'),
      privateKeyPem: readFileSync(privateFile, 'utf8'),
    };
  }
  return keys;
}

/** A file is there whole or not at all, also after a crash in between. */
function writeWhole(file: string, content: string, mode: number): void {
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, content, { mode });
  renameSync(draft, file);
}
