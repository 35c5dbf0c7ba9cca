// Why a scanned text cannot be paid, in the visitor's words: what it is, whose side, what next.
//
// Said before an amount is typed (programme.md §7, pains 1, 2 and 6).

/** On whose side the cause is: what the visitor has in hand, the shop, a wallet, the network. */
export type Side = 'visitor' | 'shop' | 'wallet' | 'network' | 'nobody';

/** What the page can offer in place of a payment. */
export type Instead = 'scan_again' | 'show_code' | 'another_code' | 'leave';

/** Words for one language: what it is, why it cannot be paid, what to do. */
export interface Words {
  readonly title: string;
  readonly what: string;
  readonly next: string;
}

interface Refusal {
  readonly side: Side;
  /** The code of the result model that fits (protocol.md §4). */
  readonly resultCode: 'INVALID_CODE' | 'EXPIRED_CODE' | 'BUSINESS_NOT_SUPPORT' | 'PARAM_ILLEGAL';
  readonly instead: Instead;
  /** `{issuer}` stands for whose code it is. */
  readonly en: Words;
  readonly zh: Words;
}

/** Every reason, in the order in which they are looked for. */
const table = {
  empty: {
    side: 'visitor',
    resultCode: 'PARAM_ILLEGAL',
    instead: 'scan_again',
    en: {
      title: 'Nothing was read',
      what: 'The camera found no text in this picture.',
      next: 'Hold the phone still, a little further away, and scan again.',
    },
    zh: {
      title: '没有读到内容',
      what: '画面里没有读到文字。',
      next: '拿稳手机，离远一点，再扫一次。',
    },
  },
  too_long: {
    side: 'nobody',
    resultCode: 'INVALID_CODE',
    instead: 'leave',
    en: {
      title: 'Not a payment',
      what: 'This text is longer than any payment code.',
      next: 'Look for the code that the shop uses for payments.',
    },
    zh: {
      title: '不是付款码',
      what: '这段文字比任何付款码都长。',
      next: '请找店家用来收款的码。',
    },
  },
  damaged_code: {
    side: 'shop',
    resultCode: 'INVALID_CODE',
    instead: 'scan_again',
    en: {
      title: 'A damaged code',
      what: 'This looks like a payment code, but a part of it is wrong or missing.',
      next: 'Scan it once more. If it stays so, ask the shop for another code.',
    },
    zh: {
      title: '码已损坏',
      what: '这看起来是收款码，但有一部分错误或缺失。',
      next: '再扫一次；如果还是不行，请店家换一个码。',
    },
  },
  code_to_show: {
    side: 'visitor',
    resultCode: 'INVALID_CODE',
    instead: 'show_code',
    en: {
      title: 'A code that customers show',
      what: 'Tills scan this code to take a payment. A wallet cannot pay it.',
      next: 'Open your own code and let the shop scan it.',
    },
    zh: {
      title: '这是顾客出示的付款码',
      what: '这种码由收银台来扫，钱包不能扫它付款。',
      next: '打开您自己的付款码，让店家来扫。',
    },
  },
  personal_code: {
    side: 'shop',
    resultCode: 'BUSINESS_NOT_SUPPORT',
    instead: 'show_code',
    en: {
      title: 'A personal code',
      what:
        'This {issuer} code sends money to a person, not to a shop. Wallets from abroad cannot ' +
        'pay it.',
      next: 'Ask for the shop’s merchant code, or let the till scan your code.',
    },
    zh: {
      title: '个人收款码',
      what: '这个{issuer}码是转账给个人的，不是商户收款码，境外钱包不能支付。',
      next: '请店家出示商户收款码，或让收银台扫您的付款码。',
    },
  },
  competitor_code: {
    side: 'network',
    resultCode: 'BUSINESS_NOT_SUPPORT',
    instead: 'show_code',
    en: {
      title: 'Another network’s code',
      what: 'This is a code of {issuer}. Only its own app can read and pay it.',
      next: 'Ask whether the shop has a Wayfare code or can scan yours. Else pay by card or cash.',
    },
    zh: {
      title: '其他网络的码',
      what: '这是{issuer}的码，只有它自己的应用能够支付。',
      next: '请问店家有没有 Wayfare 的码，或能否扫您的付款码；否则请用银行卡或现金。',
    },
  },
  other_wallet_code: {
    side: 'wallet',
    resultCode: 'BUSINESS_NOT_SUPPORT',
    instead: 'show_code',
    en: {
      title: 'Another wallet’s code',
      what: 'This code works only inside {issuer}.',
      next: 'If you have {issuer}, open it there. Else let the till scan your code.',
    },
    zh: {
      title: '其他钱包的码',
      what: '这个码只能在{issuer}里使用。',
      next: '如果您有{issuer}，请用它打开；否则请让收银台扫您的付款码。',
    },
  },
  scheme_not_connected: {
    side: 'network',
    resultCode: 'BUSINESS_NOT_SUPPORT',
    instead: 'show_code',
    en: {
      title: 'Not connected yet',
      what: 'This is a sound code of {issuer}. Wayfare does not reach this scheme yet.',
      next: 'Ask whether the shop can scan your code. Else pay by card or cash.',
    },
    zh: {
      title: '尚未接通',
      what: '这是有效的{issuer}码，但 Wayfare 还没有接通这个体系。',
      next: '请问店家能否扫您的付款码；否则请用银行卡或现金。',
    },
  },
  scheme_unknown: {
    side: 'network',
    resultCode: 'INVALID_CODE',
    instead: 'show_code',
    en: {
      title: 'An unknown scheme',
      what: 'This is a sound merchant code, but of a scheme that Wayfare does not know.',
      next: 'Ask whether the shop can scan your code. Else pay by card or cash.',
    },
    zh: {
      title: '未知体系的码',
      what: '这是有效的商户码，但 Wayfare 不认识它所属的体系。',
      next: '请问店家能否扫您的付款码；否则请用银行卡或现金。',
    },
  },
  not_offered: {
    side: 'network',
    resultCode: 'BUSINESS_NOT_SUPPORT',
    instead: 'another_code',
    en: {
      title: 'Not offered here yet',
      what: 'This code of {issuer} is of a kind that Wayfare does not carry yet.',
      next: 'Ask the till to make an order code, or to scan yours.',
    },
    zh: {
      title: '暂未开通',
      what: '{issuer}的这种码，Wayfare 暂时还不支持。',
      next: '请收银台出示订单码，或扫您的付款码。',
    },
  },
  wallet_not_enabled: {
    side: 'wallet',
    resultCode: 'BUSINESS_NOT_SUPPORT',
    instead: 'show_code',
    en: {
      title: 'Not with this wallet',
      what: 'Other wallets can pay this {issuer} code, yours has not enabled it.',
      next: 'Use another wallet if you have one, or let the till scan your code.',
    },
    zh: {
      title: '此钱包不支持',
      what: '其他钱包可以支付这个{issuer}码，但您的钱包没有开通。',
      next: '如有其他钱包请换用，或让收银台扫您的付款码。',
    },
  },
  amount_unreadable: {
    side: 'shop',
    resultCode: 'INVALID_CODE',
    instead: 'another_code',
    en: {
      title: 'The amount is not clear',
      what: 'The code names a currency or an amount that does not exist.',
      next: 'Ask the shop to make the code again.',
    },
    zh: {
      title: '金额不明确',
      what: '码里的币种或金额不存在。',
      next: '请店家重新生成收款码。',
    },
  },
  expired_code: {
    side: 'shop',
    resultCode: 'EXPIRED_CODE',
    instead: 'another_code',
    en: {
      title: 'An expired code',
      what: 'This code says itself that its time is over.',
      next: 'Ask the shop for a new code.',
    },
    zh: {
      title: '码已过期',
      what: '这个码自带的有效期已过。',
      next: '请店家出示新的码。',
    },
  },
  unsafe_address: {
    side: 'network',
    resultCode: 'INVALID_CODE',
    instead: 'leave',
    en: {
      title: 'An address we do not open',
      what: 'The code leads to an address that is not registered with Wayfare.',
      next: 'Do not type a PIN or card number there. Ask the till to scan your code.',
    },
    zh: {
      title: '不会打开的网址',
      what: '这个码指向未在 Wayfare 登记的网址。',
      next: '不要在那里输入密码或卡号。请收银台扫您的付款码。',
    },
  },
  product_barcode: {
    side: 'nobody',
    resultCode: 'INVALID_CODE',
    instead: 'leave',
    en: {
      title: 'A product’s barcode',
      what: 'This number names a product. It says nothing about a payment.',
      next: 'Look for the code that the shop uses for payments.',
    },
    zh: {
      title: '商品条码',
      what: '这串数字是商品编号，与付款无关。',
      next: '请找店家用来收款的码。',
    },
  },
  web_address: {
    side: 'nobody',
    resultCode: 'INVALID_CODE',
    instead: 'leave',
    en: {
      title: 'A web address',
      what: 'This is an ordinary web address, not a payment. Your wallet does not open it.',
      next: 'Look for the payment code. Never type your PIN on a page that a code opened.',
    },
    zh: {
      title: '普通网址',
      what: '这是普通网址，不是付款码，钱包不会打开它。',
      next: '请找收款码。不要在扫码打开的网页上输入支付密码。',
    },
  },
  not_a_payment: {
    side: 'nobody',
    resultCode: 'INVALID_CODE',
    instead: 'leave',
    en: {
      title: 'Not a payment',
      what: 'This text is no payment code of any kind that Wayfare knows.',
      next: 'Look for the code that the shop uses for payments.',
    },
    zh: {
      title: '不是付款码',
      what: '这段文字不是 Wayfare 认识的任何付款码。',
      next: '请找店家用来收款的码。',
    },
  },
} as const satisfies Record<string, Refusal>;

export type RefusalReason = keyof typeof table;

/** All reasons, in the order in which they are looked for. */
export const refusalReasons = Object.keys(table) as readonly RefusalReason[];

/** A refusal as plain JSON, with the words in both languages filled in. */
export interface RefusalMessage extends Omit<Refusal, 'en' | 'zh'> {
  readonly reason: RefusalReason;
  readonly message: { readonly en: Words; readonly zh: Words };
}

/** The refusal for a reason; `issuer` names whose code it is, in both languages. */
export function refusalOf(
  reason: RefusalReason,
  issuer: { readonly en: string; readonly zh: string } | null,
): RefusalMessage {
  const { side, resultCode, instead, en, zh } = table[reason];
  const filled = (words: Words, name: string): Words => ({
    title: words.title,
    what: words.what.replaceAll('{issuer}', () => name).trim(),
    next: words.next.replaceAll('{issuer}', () => name).trim(),
  });
  const message = {
    en: filled(en, issuer?.en ?? 'another issuer'),
    zh: filled(zh, amongHan(issuer?.zh ?? '其他机构')),
  };
  return { reason, side, resultCode, instead, message };
}

/** Latin letters beside Chinese ones are set apart by a space. */
function amongHan(name: string): string {
  return name.replace(/^(?=[A-Za-z0-9])/, ' ').replace(/([A-Za-z0-9+])$/, '$1 ');
}
