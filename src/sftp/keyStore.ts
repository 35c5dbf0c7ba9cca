// The keys of SFTP: the server's own, made once in the home, and those of participants.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ssh2, { type ParsedKey } from 'ssh2';
import type { Database } from '../base/world.ts';

/** The server's private key, in OpenSSH's form; by its fingerprint clients know the server. */
export interface HostKey {
  readonly privateKey: string;
  readonly fingerprint: string;
}

/** Reads the host key of a home, making it (Ed25519) where there is none. */
export function openHostKey(home: string): HostKey {
  const directory = path.join(home, 'keys');
  const file = path.join(directory, 'sftp-host');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) {
    const made = makeKeyPair();
    writeFileSync(`${file}.pub`, `${made.public}\n`, { mode: 0o644 });
    // Written aside and renamed, so that a crash leaves no half of it.
    writeFileSync(`${file}.new`, made.private, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  const privateKey = readFileSync(file, 'utf8');
  const key = ssh2.utils.parseKey(privateKey);
  if (key instanceof Error) {
    const what = `${file} holds no key; without that file a new one is made`;
    throw new Error(what, { cause: key });
  }
  return { privateKey, fingerprint: fingerprintOf(key.getPublicSSH()) };
}

/**
 * A new Ed25519 pair in OpenSSH's form. About one in 350 that `ssh2` makes cannot be read again, by
 * itself or by OpenSSH: such a one is thrown away.
 */
export function makeKeyPair(): { readonly private: string; readonly public: string } {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519');
    const halves = [made.private, made.public].map((text) => ssh2.utils.parseKey(text));
    if (!halves.some((half) => half instanceof Error)) return made;
  }
}

function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** A public key that may log in. */
export interface SftpKey {
  readonly participantId: string;
  readonly fingerprint: string;
  /** `ssh-ed25519 AAAA…`, without a comment. */
  readonly publicKey: string;
}

/** Kinds of keys that are taken: no DSA, and no RSA below 2048 bits. */
const kinds = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
];

/** An RSA key of 2048 bits is 279 bytes in this form. */
const leastRsaBytes = 277;

/** Reads a public key in any form that OpenSSH writes; undefined when it is none that is taken. */
export function readSftpKey(participantId: string, text: string): SftpKey | undefined {
  const parsed = ssh2.utils.parseKey(text.trim());
  if (parsed instanceof Error || parsed.isPrivateKey() || !kinds.includes(parsed.type)) {
    return undefined;
  }
  const key = parsed.getPublicSSH();
  if (parsed.type === 'ssh-rsa' && key.length < leastRsaBytes) return undefined;
  const publicKey = `${parsed.type} ${key.toString('base64')}`;
  return { participantId, fingerprint: fingerprintOf(key), publicKey };
}

/** Lets a key in; again changes nothing. */
export async function writeSftpKey(database: Database, key: SftpKey, now: number): Promise<void> {
  await database.query(
    'insert into sftp_keys (participant_id, fingerprint, public_key, added_at) ' +
      'values ($1, $2, $3, $4) on conflict (participant_id, fingerprint) do nothing',
    [key.participantId, key.fingerprint, key.publicKey, now],
  );
}

/** Takes a key out; false when it was not in. */
export async function removeSftpKey(
  database: Database,
  participantId: string,
  fingerprint: string,
): Promise<boolean> {
  const rows = await database.query(
    'delete from sftp_keys where participant_id = $1 and fingerprint = $2 returning 1',
    [participantId, fingerprint],
  );
  return rows.length > 0;
}

/** Keys of one participant, or of all. */
export async function readSftpKeys(
  database: Database,
  participantId: string | null,
): Promise<SftpKey[]> {
  const rows = await database.query<{
    participant_id: string;
    fingerprint: string;
    public_key: string;
  }>(
    'select k.participant_id, k.fingerprint, k.public_key from sftp_keys k ' +
      'where $1::text is null or k.participant_id = $1 order by k.participant_id, k.added_at',
    [participantId],
  );
  return rows.map((row) => ({
    participantId: row.participant_id,
    fingerprint: row.fingerprint,
    publicKey: row.public_key,
  }));
}

/** The keys by which a participant may log in now: none where it is unknown or disabled. */
export async function keysToLogIn(
  database: Database,
  participantId: string,
): Promise<readonly ParsedKey[]> {
  const rows = await database.query<{ public_key: string }>(
    'select k.public_key from sftp_keys k join participants p using (participant_id) ' +
      'where k.participant_id = $1 and p.enabled',
    [participantId],
  );
  return rows.flatMap((row) => {
    const key = ssh2.utils.parseKey(row.public_key);
    return key instanceof Error ? [] : [key];
  });
}
