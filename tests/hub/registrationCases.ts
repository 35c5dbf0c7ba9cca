// What can be wrong with registrations, and with paying for merchants that are not registered, for
// resultCases.ts.

import { writeRequired } from '../../src/registrations/store.ts';
import { type Case, type Fault, withFields } from './faults.ts';
import type { Rig } from './rig.ts';
import { codesOf, malaysian } from './scenes.ts';

const load = ['REQUEST_TRAFFIC_EXCEED_LIMIT', 'UNKNOWN_EXCEPTION'];
const ofStrictWallet: string[] = [];
let registrationId = '';
let count = 0;

/** An acquirer's registration of a shop. */
export function registrationOf(registrationRequestId: string, referenceMerchantId = 'RAMEN') {
  return {
    registrationRequestId,
    productCodes: ['IN_STORE_PAYMENT'],
    merchantInfo: {
      referenceMerchantId,
      merchantDisplayName: 'Ramen House',
      merchantMCC: '5812',
      merchantAddress: { region: 'CN', city: 'Chengdu' },
      registrationDetail: { legalName: 'Ramen House Ltd.', registrationNo: '91510100' },
    },
    storeInfo: { referenceStoreId: 'CHUNXI', storeName: 'Chunxi Road' },
  };
}

/** Lets a wallet in that takes registered merchants only, and registers one for others. */
export async function openUnregistered(rig: Rig): Promise<void> {
  const { database } = rig.fresh;
  await rig.call('CHENGDU', 'registration', registrationOf('TWICE', 'TWICE'));
  await rig.hubs[0]?.registrations.poll();
  registrationId = rig.wallets.get('TNG')?.registrations[0]?.registrationRequestId ?? '';
  await rig.addPartner({ ...malaysian, participantId: 'STRICT' });
  await writeRequired(database, 'STRICT', true, rig.clock.now());
  await Promise.all(rig.hubs.map((hub) => hub.configuration.reload()));
  for (let batch = 0; batch < 4; batch += 1)
    ofStrictWallet.push(...(await codesOf(rig, 'STRICT', 10)));
}

const nobody: Fault = {
  code: 'ORDER_NOT_EXIST',
  what: 'nobody knows it',
  apply: withFields({ registrationRequestId: 'NONE' }),
};

/** Paying for a merchant that the wallet has not approved. */
export const unregistered: Readonly<Record<'pay' | 'scan', Fault>> = {
  pay: {
    code: 'MERCHANT_NOT_REGISTERED',
    what: 'a code of a wallet that has not approved the merchant',
    apply: (draft) => {
      const paymentMethodId = ofStrictWallet.pop() ?? '';
      const paymentMethod = { paymentMethodType: 'CONNECT_WALLET', paymentMethodId };
      return withFields({ paymentMethod })(draft);
    },
  },
  scan: {
    code: 'MERCHANT_NOT_REGISTERED',
    what: 'a wallet that has not approved the merchant',
    alone: true,
    apply: (draft) => ({ ...draft, sender: 'STRICT' }),
  },
};

/** The cases of the interfaces of registration. */
export const registrationCases: Readonly<
  Record<'registration' | 'inquiryRegistrationStatus' | 'notifyRegistrationStatus', Case>
> = {
  registration: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'productCodes',
    good: () => registrationOf(`REG-${count}`, `M-${count++}`),
    faults: [
      {
        code: 'REGISTRATION_STATUS_ABNORMAL',
        what: 'the same store too soon',
        apply: (draft) => {
          const { merchantInfo } = draft.body as { merchantInfo: object };
          const again = { ...merchantInfo, referenceMerchantId: 'TWICE' };
          return withFields({ merchantInfo: again })(draft);
        },
      },
    ],
    elsewhere: load,
  },
  inquiryRegistrationStatus: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'registrationRequestId',
    good: () => ({ registrationRequestId: 'TWICE' }),
    faults: [nobody],
    elsewhere: load,
  },
  notifyRegistrationStatus: {
    sender: 'TNG',
    otherRole: 'CHENGDU',
    field: 'registrationResult',
    good: () => ({
      registrationRequestId: registrationId,
      registrationResult: { registrationStatus: 'APPROVED' },
    }),
    faults: [nobody],
    elsewhere: load,
  },
};
