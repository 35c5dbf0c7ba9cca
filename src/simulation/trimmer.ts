// Trimming while the storm lasts, and once more of nearly everything before the hub is asked what
// became of each payment: nobody may notice.

import type { Timing } from '../base/limits.ts';
import { trim } from '../retention/commands.ts';
import type { Auditor } from './auditor.ts';
import type { SimulatedDatabase } from './database.ts';
import type { Tally } from './played.ts';
import { Life, type VirtualTime } from './time.ts';

const trimEveryMs = 20_000;
/** Who trims and whose machine died in the middle is given up after this. */
const patienceMs = 10_000;

interface TrimmerOptions {
  readonly time: VirtualTime;
  readonly database: SimulatedDatabase;
  readonly lanes: number;
  readonly timing: Timing;
  readonly auditor: Auditor;
  readonly tally: Tally;
  readonly trace: (what: string) => void;
}

export class Trimmer {
  readonly #options: TrimmerOptions;

  constructor(options: TrimmerOptions) {
    this.#options = options;
  }

  /** Trims payment codes as early as an operator may; what a fault hits is tried again. */
  keepTrimming(stormy: () => boolean): void {
    const { time, timing, trace } = this.#options;
    time.after(trimEveryMs, () => {
      if (!stormy()) return;
      const life = new Life();
      const earliest = { ...timing, keepPaymentCodesMs: timing.paymentCodePaymentMs + 1 };
      void this.#trim(life, earliest).catch((error: Error) => {
        trace(`trimming broke off: ${error.message}`);
      });
      time.after(patienceMs, () => life.end());
      this.keepTrimming(stormy);
    });
  }

  /** Everything is at rest: all messages go, all codes, and counters of windows that are over. */
  async trimAll(): Promise<void> {
    const { timing, auditor } = this.#options;
    const nothing = {
      keepPaymentMessagesMs: 1,
      keepOtherMessagesMs: 1,
      keepPaymentCodesMs: 1,
      keepCountersMs: 1,
    };
    await this.#trim(new Life(), { ...timing, ...nothing }).catch((error: Error) => {
      auditor.blame(`trimming broke off: ${error.stack}`);
    });
  }

  async #trim(life: Life, timing: Timing): Promise<void> {
    const { time, lanes, tally, trace } = this.#options;
    const database = this.#options.database.connect(life, { log: true, readsBeside: true });
    const realNow = () => time.now();
    const trimmed = await trim({ database, clock: time, realNow, lanes, timing });
    for (const { kind, rows } of trimmed) {
      trace(`${rows} ${kind} trimmed`);
      if (kind === 'payment_codes') tally.happened('payment codes trimmed', rows);
    }
  }
}
