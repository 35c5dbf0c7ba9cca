// POST /aps/api/v1/codes/getPaymentCode, from a wallet: codes for its customer to show.

import { present } from '../../base/assert.ts';
import { slotCount } from '../../base/id.ts';
import { issueCodesCommand } from '../../payments/codes.ts';
import { result } from '../../wire/results.ts';
import { formatTime } from '../../wire/time.ts';
import { getPaymentCodeRequest } from '../../wire/wallet.ts';
import { endpoint } from './endpoint.ts';

export const getPaymentCodeEndpoint = endpoint(
  'wallet',
  getPaymentCodeRequest,
  async ({ rules, desk, caller, random }, message) => {
    const quantity = Number(message.codeQuantity ?? '1');
    // The codes of one request share a slot: they are stored in one lane, in one commit.
    const slot = Number(random.digits(6)) % slotCount;
    const randoms = Array.from({ length: quantity }, () => random.digits(12));
    const issued = await desk.run(
      issueCodesCommand(rules, {
        walletId: caller.participantId,
        codeIssuer: present(caller.codeIssuer, 'the code issuer of a wallet'),
        customerId: message.customerId,
        randoms,
        slot,
      }),
    );
    return {
      body: {
        result: result('SUCCESS'),
        paymentCodeList: issued.map((code) => ({
          paymentCode: code.code,
          codeValueType: 'BARCODE_AND_QRCODE',
          paymentCodeIssueTime: formatTime(code.issuedAt),
          paymentCodeExpiryTime: formatTime(code.expiresAt),
        })),
      },
    };
  },
);
