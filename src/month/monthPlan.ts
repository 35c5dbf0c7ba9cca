// The plan of a month: how much is paid on which day, and when the fees change.

import { dateOf } from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import { goldenWeek } from './duty.ts';

/** How busy days are, beside each other: most people travel in the golden week. */
export function dayWeights(from: ClearingDay, days: number): number[] {
  return Array.from({ length: days }, (_, index) => {
    const date = dateOf(from + index);
    if (date >= goldenWeek[0] && date <= goldenWeek[1]) return 1.8;
    return [0, 6].includes((from + index + 4) % 7) ? 1.3 : 1;
  });
}

/** New rates for everybody from the middle of the month on. */
export function feeChange({ from, days }: { from: ClearingDay; days: number }) {
  return {
    from: from + Math.max(1, Math.floor(days / 2)),
    version: 'mid-month',
    interchange: 60,
    acquirerFee: 45,
    walletFee: 25,
    rules: [
      { ruleId: 'interchange', fee: 'interchange', basisPoints: 60 },
      { ruleId: 'acquirer', fee: 'acquirer_service_fee', basisPoints: 45 },
      { ruleId: 'wallet', fee: 'wallet_service_fee', basisPoints: 25 },
    ],
  };
}
