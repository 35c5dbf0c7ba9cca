// The shapes of calendars over the console: known years of markets, and what people loaded.

export interface DayOff {
  readonly day: string;
  readonly name: string;
}

/** One market's year: `leftOut` is what is not known for certain, in words. */
export interface MarketYear {
  readonly market: string;
  readonly year: number;
  readonly holidays: readonly DayOff[];
  readonly workingWeekendDays: readonly string[];
  readonly leftOut: string;
}

/** In force; `calendarId` and all about its source are null for what comes with the project. */
export interface KnownYear extends MarketYear {
  readonly calendarId: string | null;
  readonly source: string | null;
  readonly address: string | null;
  readonly published: string | null;
  readonly proposedBy: string | null;
  readonly proposedAt: string | null;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
  readonly next: DayOff | null;
}

export interface LoadedCalendar extends MarketYear {
  readonly calendarId: string;
  readonly state: 'PROPOSED' | 'IN_FORCE' | 'REPLACED' | 'REJECTED';
  readonly source: string;
  readonly address: string | null;
  readonly published: string;
  readonly isOutdated: boolean;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  /** Days on which banks no longer work, and now do, beside what was known before. */
  readonly closes: readonly string[];
  readonly opens: readonly string[];
}

export interface Calendars {
  readonly today: string;
  readonly known: readonly KnownYear[];
  /** Markets of participants and years in which only weekends count. */
  readonly missing: readonly { readonly market: string; readonly year: number }[];
  readonly changes: readonly LoadedCalendar[];
}

/** What settlement would do on another day with a proposal. */
export interface OtherDays {
  readonly agreements: readonly {
    readonly agreementId: string;
    readonly participantName: string;
    readonly nextDay: string | null;
    readonly otherDay: string | null;
  }[];
  readonly batches: readonly {
    readonly settlementBatchId: string;
    readonly participantName: string;
    readonly valueDay: string;
    readonly otherDay: string;
  }[];
}
