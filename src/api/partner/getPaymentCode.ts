// POST /aps/api/v1/codes/getPaymentCode, from a wallet: codes for its customer to show.

import { slotCount } from '../../base/id.ts';
import { writePaymentCode } from '../../codes/paymentCode.ts';
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
    const codes = Array.from({ length: quantity }, () =>
      writePaymentCode({ slot, random12: random.digits(12) }),
    );
    const issued = await desk.run(
      issueCodesCommand(rules, {
        walletId: caller.participantId,
        customerId: message.customerId,
        codes,
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
