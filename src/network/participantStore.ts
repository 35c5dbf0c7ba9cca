// SQL that takes a participant in: its row and its key, its accounts with their slices, and its cap
// lent out to the lanes.

import { assert } from '../base/assert.ts';
import { inTurn } from '../base/turns.ts';
import type { Database, Row, Statement } from '../base/world.ts';
import { lockLane } from '../engine/tick.ts';
import {
  type Account,
  type AccountKind,
  depositName,
  networkAccounts,
  positionName,
} from '../ledger/account.ts';
import { shareCap } from '../ledger/quota.ts';
import type { Algorithm } from '../wire/signature.ts';
import { agreedIssuer, type CodeIssuer } from './codeIssuer.ts';
import type { Participant } from './participant.ts';
import { markConfiguration, readLanes } from './store.ts';

/** A new participant with its first public key (PEM or bare base64 SPKI). */
export interface NewParticipant extends Omit<Participant, 'codeIssuer'> {
  /**
   * What its payment codes shall begin with, of wallets only: a part that is not said stays as it
   * is, and for a newcomer is the usual one, with a routing number that nobody has.
   */
  readonly codeIssuer?: Partial<CodeIssuer> | null;
  readonly algorithm: Algorithm;
  readonly keyVersion: string;
  readonly publicKey: string;
  /** A participant that is in already keeps the cap it has: two persons change it (src/caps). */
  readonly keepsCap?: boolean;
}

/** A participant keeps its role and its settlement currency: its books are in them. */
class UnchangeableTerm extends Error {
  constructor(participantId: string, term: 'role' | 'currency', agreed: string) {
    super(`${participantId} is in the network with ${term} ${agreed}, which cannot be changed`);
    this.name = 'UnchangeableTerm';
  }
}

/**
 * Adds a participant, or replaces what was agreed with the one of that id; opens its accounts and
 * lends its cap out to the lanes. Rejects with `UnchangeableTerm`, with `RoutingNumberRefused`, and
 * when its client id belongs to another. Resolves with what its payment codes begin with.
 */
export async function writeParticipant(
  database: Database,
  participant: NewParticipant,
  now: number,
): Promise<CodeIssuer | null> {
  const lanes = await readLanes(database);
  assert(lanes !== undefined, 'the network has no lanes yet');
  await checkUnchanged(database, participant);
  const currencies = new Set([participant.currency, ...participant.orderCurrencies]);
  const position = positionName(participant.participantId, participant.currency);
  const each = Array.from({ length: lanes }, (_, lane) => lane);
  const begin = [
    { text: 'begin', values: [] },
    // One writer of configuration at a time: account and routing numbers are given out here.
    { text: "select value from settings where name = 'lanes' for update", values: [] },
    readRoutingNumbers,
    readCodeIssuer(participant.participantId),
  ];
  const opening = (issuer: CodeIssuer | null) => [
    ...(issuer === null ? [] : [routingNumberStatement(participant, issuer, now)]),
    participantStatement(participant, issuer, now),
    credentialStatement(participant, now),
    ...[...currencies].flatMap((currency) =>
      networkAccounts(currency).map((account) =>
        openAccount(account.name, currency, account.kind, null, now),
      ),
    ),
    openAccount(position, participant.currency, 'position', participant.participantId, now),
    ...each.map(lockLane),
    ...each.map(openSlices),
  ];
  return await inTurn(database, 'setup', async (session) => {
    const [, , given, known] = await session.run(begin);
    const issuer = issuerOf(participant, given ?? [], known?.[0]);
    const statements = opening(issuer);
    const deposit = depositName(participant.participantId, participant.currency);
    const rows = await session.run([
      ...statements,
      ...each.map((lane) => readUsed(lane, position)),
      readMost(participant.participantId, deposit),
    ]);
    const used = rows.slice(statements.length, -1).map((found) => BigInt(found[0]?.[0] as string));
    const most = rows.at(-1)?.[0]?.[0] as string | null;
    const shares = most === null ? undefined : shareCap(BigInt(most), used);
    await session.run([
      ...each.map((lane) => lendQuota(lane, position, shares?.[lane] ?? null)),
      markConfiguration(`${participant.participantId} ${participant.clientId} ${now}`),
      { text: 'commit', values: [] },
    ]);
    return issuer;
  });
}

/** Opens accounts that are not there yet, with a slice in every lane. */
export async function openAccounts(
  database: Database,
  accounts: readonly Omit<Account, 'accountId'>[],
  now: number,
): Promise<void> {
  const lanes = await readLanes(database);
  assert(lanes !== undefined, 'the network has no lanes yet');
  const each = Array.from({ length: lanes }, (_, lane) => lane);
  await inTurn(database, 'setup', (session) =>
    session.run([
      { text: 'begin', values: [] },
      { text: "select value from settings where name = 'lanes' for update", values: [] },
      ...accounts.map(({ name, currency, kind, participantId }) =>
        openAccount(name, currency, kind, participantId, now),
      ),
      ...each.map(openSlices),
      markConfiguration(`accounts ${accounts.map(({ name }) => name).join(' ')} ${now}`),
      { text: 'commit', values: [] },
    ]),
  );
}

/** Nobody else changes these two, so reading them before the transaction is enough. */
async function checkUnchanged(database: Database, participant: NewParticipant): Promise<void> {
  const { participantId, role, currency } = participant;
  const [known] = await database.query<{ role: string; currency: string }>(
    'select role, currency from participants where participant_id = $1',
    [participantId],
  );
  if (known === undefined) return;
  if (known.role !== role) throw new UnchangeableTerm(participantId, 'role', known.role);
  if (known.currency !== currency) {
    throw new UnchangeableTerm(participantId, 'currency', known.currency);
  }
}

const readRoutingNumbers: Statement = {
  text: 'select routing_number, participant_id from routing_numbers',
  values: [],
};

function readCodeIssuer(participantId: string): Statement {
  return {
    text:
      'select code_prefix, code_agreement, routing_number from participants ' +
      'where participant_id = $1',
    values: [participantId],
  };
}

/** What a wallet's codes begin with from now on; null of an acquirer. */
function issuerOf(
  { participantId, role, codeIssuer }: NewParticipant,
  given: readonly Row[],
  known: Row | undefined,
): CodeIssuer | null {
  if (role !== 'wallet') return null;
  const numbers = new Map(given.map((row) => [String(row[0]), String(row[1])]));
  const before = known && {
    prefix: Number(known[0]),
    agreement: Number(known[1]),
    routingNumber: String(known[2]),
  };
  return agreedIssuer(participantId, codeIssuer ?? {}, before, numbers);
}

function routingNumberStatement(
  { participantId }: NewParticipant,
  { routingNumber }: CodeIssuer,
  now: number,
): Statement {
  return {
    text:
      'insert into routing_numbers (routing_number, participant_id, given_at) ' +
      'values ($1, $2, $3) on conflict (routing_number) do nothing',
    values: [routingNumber, participantId, now],
  };
}

function participantStatement(
  participant: NewParticipant,
  issuer: CodeIssuer | null,
  now: number,
): Statement {
  return {
    text:
      'insert into participants (participant_id, role, name, client_id, market, currency, ' +
      'endpoint, order_currencies, enabled, service_fee_basis_points, ' +
      'interchange_basis_points, spread_basis_points, cap, created_at, code_prefix, ' +
      'code_agreement, routing_number) ' +
      'values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $16, $17, $18) ' +
      'on conflict (participant_id) do update set name = excluded.name, ' +
      'client_id = excluded.client_id, market = excluded.market, endpoint = excluded.endpoint, ' +
      'order_currencies = excluded.order_currencies, enabled = excluded.enabled, ' +
      'service_fee_basis_points = excluded.service_fee_basis_points, ' +
      'interchange_basis_points = excluded.interchange_basis_points, ' +
      'spread_basis_points = excluded.spread_basis_points, ' +
      'code_prefix = excluded.code_prefix, code_agreement = excluded.code_agreement, ' +
      'routing_number = excluded.routing_number, ' +
      'cap = case when $15 then participants.cap else excluded.cap end',
    values: [
      participant.participantId,
      participant.role,
      participant.name,
      participant.clientId,
      participant.market,
      participant.currency,
      participant.endpoint,
      participant.orderCurrencies.join(' '),
      participant.enabled,
      participant.serviceFeeBasisPoints,
      participant.interchangeBasisPoints,
      participant.spreadBasisPoints,
      participant.cap,
      now,
      participant.keepsCap === true,
      issuer?.prefix ?? null,
      issuer?.agreement ?? null,
      issuer?.routingNumber ?? null,
    ],
  };
}

function credentialStatement(participant: NewParticipant, now: number): Statement {
  return {
    text:
      'insert into credentials (participant_id, key_version, algorithm, public_key, enabled, ' +
      'created_at) values ($1, $2, $3, $4, true, $5) on conflict (participant_id, key_version) ' +
      'do update set algorithm = excluded.algorithm, public_key = excluded.public_key, ' +
      'enabled = true',
    values: [
      participant.participantId,
      participant.keyVersion,
      participant.algorithm,
      participant.publicKey,
      now,
    ],
  };
}

function openAccount(
  name: string,
  currency: string,
  kind: AccountKind,
  participantId: string | null,
  now: number,
): Statement {
  return {
    text:
      'insert into accounts (account_id, name, currency, kind, participant_id, created_at) ' +
      'select coalesce(max(account_id), 0) + 1, $1::text, $2::text, $3::text, $4::text, ' +
      '$5::bigint from accounts having not exists (select 1 from accounts where name = $1::text)',
    values: [name, currency, kind, participantId, now],
  };
}

/** Gives every account its slice in a lane, so that the hot path only ever updates. */
function openSlices(lane: number): Statement {
  return {
    text:
      'insert into account_slices (lane, account_id, debits_pending, debits_posted, ' +
      'credits_pending, credits_posted) select l.lane, a.account_id, 0, 0, 0, 0 ' +
      'from lanes l, accounts a where l.lane = $1 on conflict (lane, account_id) do nothing',
    values: [lane],
  };
}

const accountNamed = '(select account_id from accounts where name = $2::text)';

function readUsed(lane: number, account: string): Statement {
  return {
    text:
      'select debits_posted + debits_pending - credits_posted from account_slices ' +
      `where lane = $1 and account_id = ${accountNamed}`,
    values: [lane, account],
  };
}

/** The most it may owe: its cap and its deposit together; null without a cap. */
function readMost(participantId: string, deposit: string): Statement {
  return {
    text:
      'select (p.cap + coalesce((select sum(s.credits_posted - s.debits_posted) ' +
      'from accounts a join account_slices s using (account_id) where a.name = $2), 0))::text ' +
      'from participants p where p.participant_id = $1',
    values: [participantId, deposit],
  };
}

function lendQuota(lane: number, account: string, quota: bigint | null): Statement {
  return {
    text:
      'update account_slices set quota = $3::bigint where lane = $1 and account_id = ' +
      accountNamed,
    values: [lane, account, quota],
  };
}
