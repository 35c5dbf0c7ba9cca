// Tokens and authorization codes never stand in the message log: only marks that tell them apart.

import { createHash } from 'node:crypto';

/** The fields whose values let their holder debit somebody, or get what does. */
const secretField =
  /"(accessToken|refreshToken|authCode|paymentMethodId)"(\s*:\s*)"((?:[^"\\]|\\.)*)"/g;

/** The interfaces whose messages have such fields. */
const authorizations: ReadonlySet<string> = new Set([
  'prepare',
  'applyToken',
  'cancelToken',
  'revokeToken',
  'queryToken',
  'authNotify',
]);

/** What a `pay` by agreement has, in the network's words and in the merchant dialect. */
const debits = ['"isAgreementPayment"', '"AGREEMENT_PAYMENT"'];

/**
 * A body as it may be kept. A value becomes the beginning of its digest, so that a reader sees
 * whether two messages carried the same one. A payment code is good for a minute and one payment,
 * and stays as it is; of `pay`, only debits by agreement are looked through.
 */
export function withoutSecrets(api: string, body: string): string {
  const holdsSecrets =
    authorizations.has(api) || (api === 'pay' && debits.some((mark) => body.includes(mark)));
  if (!holdsSecrets) return body;
  return body.replaceAll(
    secretField,
    (_whole, field: string, colon: string, value: string) =>
      `"${field}"${colon}"[secret:${markOf(value)}]"`,
  );
}

function markOf(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 8);
}
