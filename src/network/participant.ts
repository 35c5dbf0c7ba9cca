// Participants: the wallets and acquirers of the network, with what was agreed with each.

import type { KeyObject } from 'node:crypto';
import type { Algorithm } from '../wire/signature.ts';
import type { CodeIssuer } from './codeIssuer.ts';

export type ParticipantRole = 'wallet' | 'acquirer';

/** A participant and its agreement: currency, fees in basis points, spread, cap in minor units. */
export interface Participant {
  readonly participantId: string;
  readonly role: ParticipantRole;
  readonly name: string;
  /** The `Client-Id` header of its messages. */
  readonly clientId: string;
  /** ISO 3166 country or territory of its users or merchants. */
  readonly market: string;
  /** The currency it settles in with the network. */
  readonly currency: string;
  /** Currencies that an acquirer's orders may be in; a wallet has none. */
  readonly orderCurrencies: readonly string[];
  /** Where the hub calls it; API paths are appended. */
  readonly endpoint: string;
  readonly enabled: boolean;
  readonly serviceFeeBasisPoints: number;
  readonly interchangeBasisPoints: number;
  readonly spreadBasisPoints: number;
  readonly cap: bigint | null;
  /** What a wallet's payment codes begin with; null of an acquirer, which issues none. */
  readonly codeIssuer: CodeIssuer | null;
}

/** Where a wallet takes over a customer who comes from a merchant's page or app. */
export interface Cashier {
  readonly participantId: string;
  /** The order code is appended to each address as `codeValue`. */
  readonly normalUrl: string;
  readonly schemeUrl: string | null;
  readonly applinkUrl: string | null;
  readonly appIdentifier: string | null;
  readonly logoUrl: string | null;
  /** Whether its customers can also scan the code that a desktop shows. */
  readonly scansCodes: boolean;
}

/** A public key of a participant; several versions may be valid while keys are changed. */
export interface Credential {
  readonly participantId: string;
  readonly keyVersion: string;
  readonly algorithm: Algorithm;
  readonly key: KeyObject;
}
