// The network's own key pairs, one an algorithm: made at the first start and kept in the home.

import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { present } from '../base/assert.ts';
import type { HubKeys } from '../network/calls.ts';
import { type Algorithm, generateKeys, readPrivateKey } from '../wire/signature.ts';

const algorithms: readonly Algorithm[] = ['RSA256', 'ES256'];

/** The version of our keys that partners know; a rotation would add the next. */
const keyVersion = '1';

/** The file with both public keys in PEM, for partners. */
export function hubPublicKeyFile(home: string): string {
  return path.join(home, 'hub-public-key.pem');
}

/** Reads the keys of a home, making them when it has none. Private keys are readable by us only. */
export function openHubKeys(home: string): HubKeys {
  const directory = path.join(home, 'keys');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const publicKeys: string[] = [];
  const keys = new Map<Algorithm, KeyObject>();
  for (const algorithm of algorithms) {
    const file = path.join(directory, `hub-${algorithm.toLowerCase()}`);
    if (!existsSync(`${file}.pem`)) {
      const made = generateKeys(algorithm);
      keep(`${file}.public.pem`, made.publicKeyPem, 0o644);
      keep(`${file}.pem`, made.privateKeyPem, 0o600);
    }
    publicKeys.push(readFileSync(`${file}.public.pem`, 'utf8'));
    const key = readPrivateKey(readFileSync(`${file}.pem`, 'utf8'));
    keys.set(algorithm, present(key, `the private key in ${file}.pem`));
  }
  keep(hubPublicKeyFile(home), publicKeys.join(''), 0o644);
  return { keyVersion, key: (algorithm) => present(keys.get(algorithm), `key ${algorithm}`) };
}

/** Written aside and renamed, so that a crash leaves the old file or the new one. */
function keep(file: string, text: string, mode: number): void {
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}
