// The people of the sandbox: three customers in each wallet, with names of their home market, in
// Latin letters because a bare machine has no font for others, and a first balance.

import { type SandboxWallet, sandboxWallets } from './partners.ts';

/** One customer as the sandbox is first filled; the balance is later kept by the store. */
export interface SandboxCustomer {
  readonly walletId: string;
  readonly id: string;
  readonly name: string;
  /**
   * What the customer starts with, in US cents: it is turned into the home currency at the sample
   * rate.
   */
  readonly openingUsdCents: bigint;
}

/** The PIN of every sandbox customer; documented, so that a script and a reader can pay. */
export const sandboxPin = '123456';

/** Wrong PINs after which a payment fails for good. */
export const pinAttemptsAllowed = 3;

/** From comfortable to nearly empty, so that a declined payment is easy to see. */
const openingUsdCents: readonly bigint[] = [60_000n, 35_000n, 1_500n];

const namesByWallet: Readonly<Record<string, readonly [string, string, string]>> = {
  ALIPAY_HK: ['Chan Tai Man', 'Wong Mei Ling', 'Lee Ka Wai'],
  KASPI_KZ: ['Aigerim Nurlankyzy', 'Dias Serikov', 'Madina Akhmetova'],
  MPAY: ['Leong Sio Fan', 'Ho Chi Kin', 'Maria da Luz'],
  TNG: ['Nurul Aisyah', 'Tan Wei Jie', 'Kavitha Raj'],
  HIPAY: ['Bat-Erdene Ganbold', 'Oyunchimeg Dorj', 'Temuulen Bold'],
  NAYAPAY: ['Ayesha Khan', 'Bilal Ahmed', 'Fatima Malik'],
  CHANGIPAY: ['Lim Hui Min', 'Arjun Nair', 'Siti Rahimah'],
  OCBC: ['Goh Jun Hao', 'Priya Menon', 'Ong Shu Ting'],
  KAKAOPAY: ['Kim Min-jun', 'Lee Seo-yeon', 'Park Ji-hoon'],
  NAVERPAY: ['Choi Su-a', 'Jung Do-yun', 'Kang Ha-eun'],
  TOSSPAY: ['Cho Hyun-woo', 'Yoon Ji-a', 'Lim Si-woo'],
  TRUEMONEY: ['Somchai Jaidee', 'Kanya Srisuk', 'Anan Wongthai'],
  GCASH: ['Maria Clara Santos', 'Jose Reyes', 'Angelica Cruz'],
};

function customersOf(wallet: SandboxWallet): readonly SandboxCustomer[] {
  const names = namesByWallet[wallet.id];
  if (names === undefined) throw new Error(`no customers are written down for ${wallet.id}`);
  return names.map((name, index) => ({
    walletId: wallet.id,
    id: `${wallet.id.replaceAll('_', '')}-${String(index + 1).padStart(4, '0')}`,
    name,
    openingUsdCents: openingUsdCents[index] ?? 0n,
  }));
}

/** The 39 customers; all names are invented. */
export const sandboxCustomers: readonly SandboxCustomer[] = sandboxWallets.flatMap(customersOf);
