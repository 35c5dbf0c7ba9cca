// SQL of people, their sessions, and what happened about signing in.

import { nameKey } from '../base/name.ts';
import { inTurn } from '../base/turns.ts';
import type { Database } from '../base/world.ts';
import type { Person, Role, Visitor } from './person.ts';

interface PersonRow {
  name: string;
  role: Role;
  participant_id: string | null;
}

const personFrom = (row: PersonRow): Person => ({
  name: row.name,
  role: row.role,
  participantId: row.participant_id,
});

/** Writes a person down; false where the name is or was somebody's. */
export async function addPerson(
  database: Database,
  person: Person & { readonly secretHash: string },
  at: number,
): Promise<boolean> {
  const rows = await database.query(
    'insert into people (name_key, name, role, participant_id, secret_hash, added_at) ' +
      'values ($1, $2, $3, $4, $5, $6) on conflict (name_key) do nothing returning name_key',
    [nameKey(person.name), person.name, person.role, person.participantId, person.secretHash, at],
  );
  return rows.length > 0;
}

/**
 * Gives a person another secret and ends its sessions; false where there is no such person. The
 * sessions go in a second statement, which also sees one that was opened while the first waited.
 */
export function changeSecret(
  database: Database,
  name: string,
  secretHash: string,
): Promise<boolean> {
  const key = nameKey(name);
  return inTurn(database, 'people', async (session) => {
    const [, changed = []] = await session.run([
      { text: 'begin', values: [] },
      {
        text:
          'update people set secret_hash = $2 where name_key = $1 and removed_at is null ' +
          'returning name_key',
        values: [key, secretHash],
      },
      { text: 'delete from sessions where name_key = $1', values: [key] },
      { text: 'commit', values: [] },
    ]);
    return changed.length > 0;
  });
}

/** Takes a person's access away, its sessions included; its name stays taken. */
export async function removePerson(database: Database, name: string, at: number): Promise<boolean> {
  const rows = await database.query(
    'with changed as (update people set removed_at = $2 ' +
      'where name_key = $1 and removed_at is null returning name_key), ' +
      'ended as (delete from sessions where name_key in (select name_key from changed)) ' +
      'select name_key from changed',
    [nameKey(name), at],
  );
  return rows.length > 0;
}

/** A person as lists show it. */
export interface ListedPerson extends Person {
  readonly addedAt: number;
  readonly removedAt: number | null;
  readonly sessions: number;
}

export async function listPeople(database: Database, now: number): Promise<ListedPerson[]> {
  const rows = await database.query<
    PersonRow & { added_at: string; removed_at: string | null; sessions: string }
  >(
    'select p.*, (select count(*) from sessions s where s.name_key = p.name_key ' +
      'and s.expires_at > $1) as sessions from people p order by p.added_at, p.name_key',
    [now],
  );
  return rows.map((row) => ({
    ...personFrom(row),
    addedAt: Number(row.added_at),
    removedAt: row.removed_at === null ? null : Number(row.removed_at),
    sessions: Number(row.sessions),
  }));
}

/** A person that may sign in, with the hash of its secret. */
export async function findPerson(
  database: Database,
  name: string,
): Promise<(Person & { readonly secretHash: string }) | undefined> {
  const [row] = await database.query<PersonRow & { secret_hash: string }>(
    'select * from people where name_key = $1 and removed_at is null',
    [nameKey(name)],
  );
  return row === undefined ? undefined : { ...personFrom(row), secretHash: row.secret_hash };
}

interface OpenedSession {
  readonly tokenHash: string;
  readonly openedAt: number;
  readonly expiresAt: number;
}

/**
 * Opens a session of a person whose secret was checked against `secretHash`; false where it has
 * another by now, or may not sign in any more: checking takes a while.
 */
export async function openSession(
  database: Database,
  { name, secretHash }: { readonly name: string; readonly secretHash: string },
  { tokenHash, openedAt, expiresAt }: OpenedSession,
): Promise<boolean> {
  await forgetEnded(database, openedAt);
  const rows = await database.query(
    'insert into sessions (token_hash, name_key, opened_at, expires_at) ' +
      'select $1::text, p.name_key, $4::bigint, $5::bigint from people p ' +
      'where p.name_key = $2 and p.secret_hash = $3 and p.removed_at is null for share ' +
      'returning token_hash',
    [tokenHash, nameKey(name), secretHash, openedAt, expiresAt],
  );
  return rows.length > 0;
}

/** Opens a session of a guest who looks around as a participant. */
export async function openGuestSession(
  database: Database,
  participantId: string,
  { tokenHash, openedAt, expiresAt }: OpenedSession,
): Promise<void> {
  await forgetEnded(database, openedAt);
  await database.query(
    'insert into sessions (token_hash, participant_id, opened_at, expires_at) ' +
      'values ($1, $2, $3, $4)',
    [tokenHash, participantId, openedAt, expiresAt],
  );
}

async function forgetEnded(database: Database, now: number): Promise<void> {
  await database.query('delete from sessions where expires_at <= $1', [now]);
}

export async function endSession(database: Database, tokenHash: string): Promise<void> {
  await database.query('delete from sessions where token_hash = $1', [tokenHash]);
}

/** Who a cookie's token is of, and whether anybody was ever added; one look at the database. */
export async function readVisitor(
  database: Database,
  tokenHash: string | undefined,
  now: number,
): Promise<{ readonly hasPeople: boolean; readonly visitor: Visitor }> {
  const [row] = await database.query<{
    has_people: boolean;
    guest_of: string | null;
    name: string | null;
    role: Role | null;
    participant_id: string | null;
  }>(
    'select exists (select 1 from people) as has_people, ' +
      'case when s.name_key is null then s.participant_id end as guest_of, ' +
      'p.name, p.role, p.participant_id from (select 1) one ' +
      'left join sessions s on s.token_hash = $1 and s.expires_at > $2 ' +
      'left join people p on p.name_key = s.name_key and p.removed_at is null',
    [tokenHash ?? null, now],
  );
  const hasPeople = row?.has_people === true;
  if (row?.name != null && row.role !== null) {
    const person = { name: row.name, role: row.role, participantId: row.participant_id };
    return { hasPeople, visitor: { kind: 'person', person } };
  }
  if (row?.guest_of != null) {
    return { hasPeople, visitor: { kind: 'guest', participantId: row.guest_of } };
  }
  return { hasPeople, visitor: { kind: 'nobody' } };
}

export type EventKind =
  | 'ADDED'
  | 'NEW_SECRET'
  | 'REMOVED'
  | 'REFUSED'
  | 'SIGNED_IN'
  | 'SIGNED_OUT'
  | 'LOOKED_AROUND';

export interface SignInEvent {
  readonly eventId: string;
  readonly at: number;
  readonly kind: EventKind;
  readonly name: string;
  readonly address: string | null;
}

export async function noteEvent(database: Database, event: SignInEvent): Promise<void> {
  const { eventId, at, kind, name, address } = event;
  await database.query(
    'insert into sign_in_events (event_id, at, kind, name, name_key, address) ' +
      'values ($1, $2, $3, $4, $5, $6)',
    [eventId, at, kind, name, nameKey(name), address],
  );
}

/** A try that was written down as refused has come true. */
export async function markSignedIn(database: Database, eventId: string): Promise<void> {
  await database.query("update sign_in_events set kind = 'SIGNED_IN' where event_id = $1", [
    eventId,
  ]);
}

export async function forgetEvent(database: Database, eventId: string): Promise<void> {
  await database.query('delete from sign_in_events where event_id = $1', [eventId]);
}

/** Refused tries from an address since a time: all of them, and those with one name. */
export async function countRefused(
  database: Database,
  { address, name, since }: { address: string; name: string; since: number },
): Promise<{ readonly ofAddress: number; readonly ofName: number }> {
  const [row] = await database.query<{ of_address: string; of_name: string }>(
    'select count(*) as of_address, count(*) filter (where name_key = $2) as of_name ' +
      "from sign_in_events where address = $1 and kind = 'REFUSED' and at > $3",
    [address, nameKey(name), since],
  );
  return { ofAddress: Number(row?.of_address ?? 0), ofName: Number(row?.of_name ?? 0) };
}

/** What happened about signing in, the latest first. */
export async function readEvents(database: Database, most: number): Promise<SignInEvent[]> {
  const rows = await database.query<{
    event_id: string;
    at: string;
    kind: EventKind;
    name: string;
    address: string | null;
  }>('select * from sign_in_events order by at desc, event_id limit $1', [most]);
  return rows.map((row) => ({
    eventId: row.event_id,
    at: Number(row.at),
    kind: row.kind,
    name: row.name,
    address: row.address,
  }));
}
