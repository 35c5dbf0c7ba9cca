// POST /aps/api/v1/codes/inquiryCodeRules, from a wallet: how do I tell codes apart?

import { inquiryCodeRulesRequest } from '../../wire/codeRules.ts';
import { result } from '../../wire/results.ts';
import { endpoint } from './endpoint.ts';

export const inquiryCodeRulesEndpoint = endpoint(
  'wallet',
  inquiryCodeRulesRequest,
  async ({ codeRules, rules }, message) => {
    const { version, messages } = codeRules(rules.directory);
    const known = message.version === version;
    const body = { result: result('SUCCESS'), version };
    return { body: known ? body : { ...body, codeRules: messages } };
  },
);
