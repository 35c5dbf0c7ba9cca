// Adding people, signing in and out: the secrets, the store and the limits put together.

import { limits } from '../base/limits.ts';
import type { Database, Random } from '../base/world.ts';
import type { Person } from './person.ts';
import {
  hashSecret,
  hashToken,
  isSecretOf,
  newSecret,
  newToken,
  pretendToCheck,
} from './secret.ts';
import {
  addPerson,
  changeSecret,
  countRefused,
  type EventKind,
  endSession,
  findPerson,
  forgetEvent,
  markSignedIn,
  noteEvent,
  openGuestSession,
  openSession,
  removePerson,
} from './store.ts';

/** What these commands need of the world; the time is real, because sessions are. */
export interface PeopleWorld {
  readonly database: Database;
  readonly random: Random;
  readonly realNow: () => number;
}

const newEventId = (random: Random) => Buffer.from(random.bytes(12)).toString('hex');

async function note(
  { database, random, realNow }: PeopleWorld,
  event: { readonly kind: EventKind; readonly name: string; readonly address: string | null },
): Promise<string> {
  const eventId = newEventId(random);
  await noteEvent(database, { eventId, at: realNow(), ...event });
  return eventId;
}

/** Adds a person; the secret is told this once. Undefined where the name is or was somebody's. */
export async function admit(world: PeopleWorld, person: Person): Promise<string | undefined> {
  const { database, random, realNow } = world;
  const secret = newSecret(random);
  const secretHash = await hashSecret(secret, random);
  if (!(await addPerson(database, { ...person, secretHash }, realNow()))) return undefined;
  await note(world, { kind: 'ADDED', name: person.name, address: null });
  return secret;
}

/** Gives a person a new secret and signs it out everywhere; undefined for a name of nobody. */
export async function renewSecret(world: PeopleWorld, name: string): Promise<string | undefined> {
  const secret = newSecret(world.random);
  const secretHash = await hashSecret(secret, world.random);
  if (!(await changeSecret(world.database, name, secretHash))) return undefined;
  await note(world, { kind: 'NEW_SECRET', name, address: null });
  return secret;
}

/** Takes somebody's access away at once; false for a name of nobody. */
export async function dismiss(world: PeopleWorld, name: string): Promise<boolean> {
  const wasThere = await removePerson(world.database, name, world.realNow());
  if (wasThere) await note(world, { kind: 'REMOVED', name, address: null });
  return wasThere;
}

export type SignInReply =
  | {
      readonly kind: 'signed_in';
      readonly token: string;
      readonly expiresAt: number;
      readonly person: Person;
    }
  /** No such person, or not its secret: which of the two is not told. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'too_many' };

/** Checks of secrets that this process makes at once: each takes memory and a thread. */
let checking = 0;

/**
 * Signs a person in. Every try is written down as refused before it is looked at, so that many at
 * once count like many one after the other; one over the limit is not looked at, nor kept.
 */
export async function signIn(
  world: PeopleWorld,
  attempt: { readonly name: string; readonly secret: string; readonly address: string },
): Promise<SignInReply> {
  const { database, random, realNow } = world;
  const { name, secret, address } = attempt;
  const since = realNow() - limits.signInWindowMs;
  const eventId = await note(world, { kind: 'REFUSED', name, address });
  const refused = await countRefused(database, { address, name, since });
  const isTooMany =
    refused.ofName > limits.signInTriesOfName ||
    refused.ofAddress > limits.signInTriesOfAddress ||
    checking >= limits.signInsAtOnce;
  if (isTooMany) {
    await forgetEvent(database, eventId);
    return { kind: 'too_many' };
  }
  const found = await checked(database, name, secret);
  if (found === undefined) return { kind: 'refused' };
  const token = newToken(random);
  const openedAt = realNow();
  const expiresAt = openedAt + limits.sessionMs;
  const opened = { tokenHash: hashToken(token), openedAt, expiresAt };
  if (!(await openSession(database, found, opened))) return { kind: 'refused' };
  await markSignedIn(database, eventId);
  const { secretHash: _checked, ...person } = found;
  return { kind: 'signed_in', token, expiresAt, person };
}

async function checked(
  database: Database,
  name: string,
  secret: string,
): Promise<Awaited<ReturnType<typeof findPerson>>> {
  checking++;
  try {
    const found = await findPerson(database, name);
    if (found === undefined) {
      await pretendToCheck(secret);
      return undefined;
    }
    return (await isSecretOf(secret, found.secretHash)) ? found : undefined;
  } finally {
    checking--;
  }
}

/**
 * A guest's session in a demo network, as a participant; whether it may is the caller's to know.
 */
export async function lookAround(
  world: PeopleWorld,
  participantId: string,
  address: string,
): Promise<{ readonly token: string; readonly expiresAt: number }> {
  const token = newToken(world.random);
  const openedAt = world.realNow();
  const expiresAt = openedAt + limits.sessionMs;
  const opened = { tokenHash: hashToken(token), openedAt, expiresAt };
  await openGuestSession(world.database, participantId, opened);
  await note(world, { kind: 'LOOKED_AROUND', name: participantId, address });
  return { token, expiresAt };
}

/** Ends the session of a token; `name` is whose it was, for the record. */
export async function signOut(
  world: PeopleWorld,
  token: string,
  name: string | undefined,
  address: string,
): Promise<void> {
  await endSession(world.database, hashToken(token));
  if (name !== undefined) await note(world, { kind: 'SIGNED_OUT', name, address });
}
