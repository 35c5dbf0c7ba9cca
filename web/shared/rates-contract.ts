// The shapes of the console's rates and currency positions.
import type { WireMoney } from './contract.ts';

/** `live`: new payments are priced; anything else says why they are not. */
export type CorridorState = 'live' | 'frozen' | 'too_old' | 'no_rate';

export interface Corridor {
  readonly pair: string;
  readonly mid: string | null;
  readonly state: CorridorState;
  readonly wallets: readonly {
    readonly id: string;
    readonly name: string;
    readonly spreadBasisPoints: number | null;
    readonly customer: string | null;
  }[];
}

export interface RateSourceRow {
  readonly sourceId: string;
  readonly kind: 'file' | 'http';
  readonly address: string;
  readonly enabled: boolean;
  readonly ageLimitMs: number;
  readonly everyMs: number;
  readonly jumpLimitBasisPoints: number;
  readonly lookedAgoMs: number | null;
  readonly problem: string | null;
}

export interface RateEvent {
  readonly at: string;
  readonly byWhom: string;
  readonly kind: 'set' | 'load' | 'approve' | 'freeze' | 'thaw' | 'spread' | 'source';
  readonly subject: string;
  readonly detail: string;
}

/** Everything about rates that an operator looks at. */
export interface RatesDesk {
  readonly corridors: readonly Corridor[];
  readonly rates: readonly {
    readonly pair: string;
    readonly price: string;
    readonly source: string;
    readonly ageMs: number;
    readonly ageLimitMs: number | null;
    readonly tooOld: boolean;
  }[];
  readonly sources: readonly RateSourceRow[];
  readonly waiting: readonly {
    readonly base: string;
    readonly quote: string;
    readonly price: string;
    readonly inForce: string;
    readonly source: string;
    readonly proposedBy: string | null;
    readonly movedBasisPoints: number;
    readonly proposedAt: string;
  }[];
  readonly freezes: readonly {
    readonly scope: string;
    readonly reason: string;
    readonly byWhom: string;
    readonly frozenAt: string;
  }[];
  readonly spreads: readonly {
    readonly pair: string;
    readonly participantId: string;
    readonly validFrom: string;
    readonly basisPoints: number;
  }[];
  readonly events: readonly RateEvent[];
}

export interface PairHistory {
  readonly pair: string;
  readonly from: string;
  readonly to: string;
  readonly mid: string | null;
  readonly points: readonly { readonly at: string; readonly mid: string }[];
}

export interface Exposure {
  readonly from: string;
  /** In which exposures are compared. */
  readonly currency: string;
  readonly currencies: readonly {
    readonly currency: string;
    readonly owedToUs: WireMoney;
    readonly owedByUs: WireMoney;
    readonly stock: WireMoney;
    readonly spread: WireMoney;
    readonly rounding: WireMoney;
    readonly fees: WireMoney;
    readonly exposure: WireMoney;
    readonly valued: WireMoney | null;
  }[];
  readonly corridors: readonly {
    readonly pair: string;
    readonly effects: number;
    readonly mid: string | null;
    readonly result: {
      readonly spread: WireMoney;
      readonly rounding: WireMoney;
      readonly market: WireMoney;
      readonly total: WireMoney;
    } | null;
    readonly valued: WireMoney | null;
  }[];
}
