// The directory: participants, their keys and the chart of accounts, as one snapshot in memory.

import type { Account } from '../ledger/account.ts';
import { Chart } from '../ledger/account.ts';
import type { RoutingNumbers } from './codeIssuer.ts';
import type { Cashier, Credential, Participant } from './participant.ts';

/** Immutable; replaced as a whole when configuration changes. */
export class Directory {
  readonly chart: Chart;
  readonly participants: readonly Participant[];
  /** Whom each routing number of payment codes names, numbers of earlier days too. */
  readonly routingNumbers: RoutingNumbers;
  readonly #byId = new Map<string, Participant>();
  readonly #byClient = new Map<string, Participant>();
  readonly #cashiers = new Map<string, Cashier>();
  readonly #credentials = new Map<string, Credential[]>();

  constructor(
    participants: readonly Participant[],
    credentials: readonly Credential[],
    accounts: readonly Account[],
    cashiers: readonly Cashier[] = [],
    routingNumbers: RoutingNumbers = new Map(),
  ) {
    this.routingNumbers = routingNumbers;
    for (const cashier of cashiers) this.#cashiers.set(cashier.participantId, cashier);
    this.chart = new Chart(accounts);
    this.participants = participants;
    for (const participant of participants) {
      this.#byId.set(participant.participantId, participant);
      this.#byClient.set(participant.clientId, participant);
    }
    for (const credential of credentials) {
      const list = this.#credentials.get(credential.participantId) ?? [];
      list.push(credential);
      this.#credentials.set(credential.participantId, list);
    }
  }

  byId(participantId: string): Participant | undefined {
    return this.#byId.get(participantId);
  }

  /** Where a wallet takes customers over; undefined for one that has no cashier. */
  cashierOf(participantId: string): Cashier | undefined {
    return this.#cashiers.get(participantId);
  }

  byClientId(clientId: string): Participant | undefined {
    return this.#byClient.get(clientId);
  }

  /** All keys of a participant, oldest first. */
  credentials(participantId: string): readonly Credential[] {
    return this.#credentials.get(participantId) ?? [];
  }

  /** The key of a version; without one the newest, which is the protocol's default (§3). */
  credential(participantId: string, keyVersion: string | undefined): Credential | undefined {
    const list = this.#credentials.get(participantId) ?? [];
    if (keyVersion === undefined) return list.at(-1);
    return list.find((credential) => credential.keyVersion === keyVersion);
  }
}
