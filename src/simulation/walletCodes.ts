// How a simulated wallet asks for payment codes, and what it holds against them.

import { ciiOf } from '../network/codeIssuer.ts';
import type { Auditor } from './auditor.ts';
import type { Party } from './party.ts';
import type { WalletPlan } from './scenario.ts';

/** A payment code for a customer, which must name the wallet; undefined when none came. */
export async function askForCode(
  { id, codeIssuer }: WalletPlan,
  party: Party,
  auditor: Auditor,
  customerId: string,
): Promise<string | undefined> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const asked = { customerId, codeQuantity: '1', env: {} };
    const outcome = await party.client.call('getPaymentCode', asked);
    if (outcome.kind !== 'answered') continue;
    const list = outcome.body.paymentCodeList as { paymentCode: string }[] | undefined;
    const code = list?.[0]?.paymentCode;
    if (code === undefined) continue;
    if (!code.startsWith(`${ciiOf(codeIssuer)}02`)) {
      auditor.blame(`${id} was given ${code}, which names another wallet`);
    }
    return code;
  }
  return undefined;
}
