// How a wallet asks for the rules that tell codes apart (protocol.md §2.10, §6.4).
import { z } from 'zod';
import { resultObject, text } from './objects.ts';

/** Longest version of the rules. */
const versionLength = 16;

/**
 * inquiryCodeRules, wallet to network. The protocol's request is empty. `version` is our addition:
 * a wallet that names the version it has is answered without `codeRules` while that is the newest.
 */
export const inquiryCodeRulesRequest = z.object({ version: text(versionLength).optional() });
export type InquiryCodeRulesRequest = z.infer<typeof inquiryCodeRulesRequest>;

/** Most rules of one answer. */
const rulesLimit = 500;

/**
 * A rule. The two objects are read where the rules are made ready, so that a wallet may keep what
 * it does not understand; `extendInfo` is JSON text with the richer pattern.
 */
const codeRule = z.object({
  codeMatchPattern: z.looseObject({ matchMethod: z.enum(['PREFIX', 'REGEX', 'EMVCO']) }),
  postCodeMatchAction: z.looseObject({
    postCodeMatchActionType: z.enum(['DECODE', 'OPEN_URL']),
  }),
  extendInfo: text(4_096).optional(),
});

/** The answer; without `codeRules` the version that was named is still the newest. */
export const inquiryCodeRulesResponse = z.object({
  result: resultObject,
  version: text(versionLength).optional(),
  codeRules: z.array(codeRule).max(rulesLimit).optional(),
});
export type InquiryCodeRulesResponse = z.infer<typeof inquiryCodeRulesResponse>;
