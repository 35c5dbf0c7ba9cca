// A partner's keys for the client: its own, and the network's of the same kind.

import type { KeyObject } from 'node:crypto';
import { type Algorithm, algorithmOf, readPrivateKey, readPublicKey } from '../wire/signature.ts';

export interface PartnerKeys {
  readonly algorithm: Algorithm;
  readonly privateKey: KeyObject;
  readonly networkKey: KeyObject;
}

/**
 * Reads the private key and, of the network's keys, the one of its kind: the network hands over
 * its RSA key and its P-256 key in one file. Throws when either cannot be used.
 */
export function readKeys(privateKeyText: string, networkKeysText: string): PartnerKeys {
  const privateKey = readPrivateKey(privateKeyText);
  const algorithm = privateKey === undefined ? undefined : algorithmOf(privateKey);
  if (privateKey === undefined || algorithm === undefined) {
    throw new Error('privateKey is no RSA (2048 to 4096 bits) or P-256 private key');
  }
  const texts = networkKeysText.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g);
  const networkKey = (texts ?? [networkKeysText])
    .map(readPublicKey)
    .find((key) => key !== undefined && algorithmOf(key) === algorithm);
  if (networkKey === undefined) {
    throw new Error(`networkKey holds no public key of the network for ${algorithm}`);
  }
  return { algorithm, privateKey, networkKey };
}
