// How a wallet asks what its customer may still pay. Ours: the protocol has no question for it.
import { z } from 'zod';
import { currency, datetime, flag, id, region, resultObject, text } from './objects.ts';

export const inquiryUserLimitsRequest = z.object({ customerId: id });
export type InquiryUserLimitsRequest = z.infer<typeof inquiryUserLimitsRequest>;

/** An amount that may be nothing. */
const amountOrNone = z.object({ currency, value: z.string().regex(/^(0|[1-9][0-9]{0,17})$/) });
const number = z.string().regex(/^(0|[1-9][0-9]{0,17})$/);

/**
 * One limit. Amounts are in the rule's currency; a limit on the number of payments has counts
 * instead. A limit on each payment has nothing used, and no resetTime.
 */
const userLimit = z.object({
  /** What is counted together, as `mainland.instore`. */
  limitName: text(64),
  limitPeriod: z.enum(['PAYMENT', 'HOUR', 'DAY', 'MONTH', 'YEAR']),
  titleEn: text(200),
  titleZh: text(200),
  limitRegion: region.optional(),
  limitAmount: amountOrNone.optional(),
  remainingAmount: amountOrNone.optional(),
  limitCount: number.optional(),
  remainingCount: number.optional(),
  isNear: flag,
  resetTime: datetime.optional(),
});

export const inquiryUserLimitsResponse = z.object({
  result: resultObject,
  /** The version of the rules. */
  limitRulesVersion: text(64).optional(),
  userLimits: z.array(userLimit).max(100).optional(),
});
export type InquiryUserLimitsResponse = z.infer<typeof inquiryUserLimitsResponse>;
