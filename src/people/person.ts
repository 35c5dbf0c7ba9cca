// A person who may sign in: of the network itself, or of one participant.

import { nameKey } from '../base/name.ts';

/**
 * Operators do everything but the second step of what needs four eyes; approvers do that too, but
 * never both steps of one thing; auditors read. A participant's person sees what is its own.
 */
export const roles = ['operator', 'approver', 'auditor', 'participant'] as const;

export type Role = (typeof roles)[number];

export interface Person {
  readonly name: string;
  readonly role: Role;
  /** Set for role `participant` only. */
  readonly participantId: string | null;
}

const longestName = 64;

/** A name as it is kept, or undefined for a text that is none. */
export function readName(text: string): string | undefined {
  const name = text.normalize('NFC').trim().replace(/\s+/g, ' ');
  const isNone = name === '' || name.length > longestName || /\p{C}/u.test(name);
  return isNone || nameKey(name) === '' ? undefined : name;
}

/** Who makes a request of a page, as far as the network knows. */
export type Visitor =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'person'; readonly person: Person }
  /** Looks around in a demo network as if it were of this participant. */
  | { readonly kind: 'guest'; readonly participantId: string };

/** What a request of the operator's console wants to do. */
export type Right = 'read' | 'operate' | 'approve';

const rights: Readonly<Record<Role, readonly Right[]>> = {
  operator: ['read', 'operate'],
  approver: ['read', 'operate', 'approve'],
  auditor: ['read'],
  participant: [],
};

/**
 * The door of the pages. `open` only in a network with a sandbox, while nobody was ever added, and
 * only for this machine itself; from the first person on it is `closed` for good.
 */
export type Door = 'open' | 'closed';

/** What is known of a network and of where a request comes from. */
export interface DoorFacts {
  readonly isSandbox: boolean;
  /** Whether anybody was ever added; who was removed counts. */
  readonly hasPeople: boolean;
  readonly isThisMachine: boolean;
}

export function doorOf({ isSandbox, hasPeople, isThisMachine }: DoorFacts): Door {
  return isSandbox && !hasPeople && isThisMachine ? 'open' : 'closed';
}

/** Why somebody may not; in this order. */
export type Refusal = 'not_signed_in' | 'not_allowed';

/** Whether a visitor may use a right in the operator's console; undefined where it may. */
export function refusalAtConsole(door: Door, visitor: Visitor, right: Right): Refusal | undefined {
  if (visitor.kind === 'person') {
    return rights[visitor.person.role].includes(right) ? undefined : 'not_allowed';
  }
  return door === 'open' ? undefined : 'not_signed_in';
}

/** Whose own pages a visitor sees; a refusal where it is nobody's. */
export function ownParticipant(
  door: Door,
  visitor: Visitor,
): { readonly participantId: string; readonly by: string } | Refusal {
  switch (visitor.kind) {
    case 'nobody':
      return 'not_signed_in';
    case 'guest':
      // A guest's session is worth nothing once somebody closes the door.
      return door === 'open'
        ? { participantId: visitor.participantId, by: `guest of ${visitor.participantId}` }
        : 'not_signed_in';
    case 'person': {
      const { participantId, name } = visitor.person;
      return participantId === null ? 'not_allowed' : { participantId, by: name };
    }
  }
}
