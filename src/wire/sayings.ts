// The table of what visitors and shops are told, a row a result code; see `sentences.ts`.
import type { ResultCode } from './results.ts';
import type { Sentence, Side } from './sentences.ts';

/** English and Simplified Chinese. */
type InBoth = readonly [en: string, zh: string];

const both = ([en, zh]: InBoth) => ({ en, zh });

/** One row: whose side it is on, what the visitor is told and is to do, and the shop's line. */
function saying(side: Side, what: InBoth, next: InBoth, shop: InBoth): Sentence {
  return { side, visitor: { what: both(what), next: both(next) }, shop: both(shop) };
}

/** Sentences by code. A code that is not here is told as `systemsDisagree`. */
export const sayings = {
  REQUEST_TRAFFIC_EXCEED_LIMIT: saying(
    'network',
    ['The payment network is too busy just now.', '支付网络目前繁忙。'],
    ['Wait a minute, then try again.', '请稍候一分钟再试。'],
    [
      'The network is too busy just now. Wait a minute, then try again.',
      '支付网络繁忙。请稍候一分钟再试。',
    ],
  ),
  INVALID_CONTRACT: saying(
    'shop',
    [
      'On the shop’s side: it has no valid agreement for this kind of payment.',
      '商户方面：商户没有此类付款的有效协议。',
    ],
    ['Pay in another way.', '请换一种付款方式。'],
    [
      'Your agreement does not cover this payment. Ask your acquirer.',
      '您的协议不包含此类收款。请联系收单机构。',
    ],
  ),
  BUSINESS_NOT_SUPPORT: saying(
    'shop',
    [
      'On the shop’s side: it does not take this kind of payment.',
      '商户方面：商户不支持此类付款。',
    ],
    [
      'Show your payment code instead, or pay in another way.',
      '请改为出示付款码，或换一种付款方式。',
    ],
    [
      'This kind of payment is not enabled for you. Take another way to pay.',
      '您尚未开通此类收款。请换一种收款方式。',
    ],
  ),
  CURRENCY_NOT_SUPPORT: saying(
    'wallet',
    [
      'On your wallet’s side: it cannot pay in this currency.',
      '钱包方面：您的钱包不支持这种货币。',
    ],
    ['Use another wallet, or pay in another way.', '请换一个钱包或付款方式。'],
    [
      'This currency is not enabled for you or this wallet. Take another way to pay.',
      '您或此钱包不支持这种货币。请换一种收款方式。',
    ],
  ),
  REPEAT_REQ_INCONSISTENT: saying(
    'till',
    [
      'This code already belongs to another payment or another customer.',
      '此码已属于另一笔付款或另一位顾客。',
    ],
    ['Ask the shop for a new code.', '请商户重新出示收款码。'],
    [
      'This number was used for another sale. Start the sale again.',
      '此单号已用于另一笔交易。请重新开始收款。',
    ],
  ),
  INVALID_CODE: saying(
    'shop',
    ['The network does not know this code.', '支付网络不认识此码。'],
    ['Ask the shop for a new code.', '请商户重新出示收款码。'],
    ['This code is not known. Ask the customer for a new one.', '此码无法识别。请顾客刷新付款码。'],
  ),
  EXPIRED_CODE: saying(
    'shop',
    ['The code is too old or was used before.', '此码已过期或已使用。'],
    ['Ask the shop for a new code.', '请商户重新出示收款码。'],
    [
      'This code is too old or was used. Ask the customer for a new one.',
      '此码已过期或已使用。请顾客刷新付款码。',
    ],
  ),
  ORDER_NOT_EXIST: saying(
    'shop',
    ['The network has no order behind this.', '支付网络中没有这笔订单。'],
    ['Ask the shop to start again.', '请商户重新发起收款。'],
    [
      'The network has no such order. Start the sale again.',
      '支付网络中没有这笔订单。请重新开始收款。',
    ],
  ),
  ORDER_IS_CLOSED: saying(
    'shop',
    [
      'The order is closed: its time was over, or the shop ended it.',
      '订单已关闭：已超时，或商户已结束收款。',
    ],
    ['Ask the shop for a new code.', '请商户重新出示收款码。'],
    ['Nobody paid in time. Start again with a new code.', '没有及时付款。请重新出示收款码。'],
  ),
  CANCEL_WINDOW_EXCEED: saying(
    'shop',
    ['It is too late to cancel this payment.', '已过可撤销的时间。'],
    ['Ask the shop for a refund.', '请商户退款。'],
    ['It is too late to cancel. Refund the payment instead.', '已过撤销时间。请改为退款。'],
  ),
  REFUND_WINDOW_EXCEED: saying(
    'shop',
    [
      'It is too late to refund this payment through the network.',
      '已过可通过支付网络退款的时间。',
    ],
    ['Ask the shop for another way.', '请与商户商量其他退款方式。'],
    [
      'It is too late for a refund through the network. Give it back in another way.',
      '已过退款期限。请用其他方式退还。',
    ],
  ),
  REFUND_AMOUNT_EXCEED: saying(
    'shop',
    ['The shop tried to give back more than you paid.', '商户退款金额超过了您支付的金额。'],
    ['The shop can refund what is left.', '商户可以退还剩余的金额。'],
    [
      'That is more than is left of this payment. Refund at most what is left.',
      '金额超过此笔付款的剩余部分。请最多退还剩余金额。',
    ],
  ),
  MERCHANT_NOT_REGISTERED: saying(
    'shop',
    [
      'On the shop’s side: your wallet does not know this shop yet.',
      '商户方面：您的钱包尚未登记这家商户。',
    ],
    ['Use another wallet, or pay in another way.', '请换一个钱包或付款方式。'],
    [
      'You are not registered with the customer’s wallet. Take another wallet; ask your acquirer.',
      '您尚未在顾客的钱包登记。请换一个钱包，并联系收单机构。',
    ],
  ),
  MERCHANT_KYB_NOT_QUALIFIED: saying(
    'shop',
    ['On the shop’s side: its registration is not complete.', '商户方面：商户的登记资料不完整。'],
    ['Pay in another way.', '请换一种付款方式。'],
    [
      'Your registration is not complete for this payment. Ask your acquirer.',
      '您的登记资料不足以接受此笔付款。请联系收单机构。',
    ],
  ),
  INVALID_TOKEN: saying(
    'wallet',
    ['Your permission for automatic payments is not valid any more.', '您的自动扣款授权已失效。'],
    ['Agree again in your wallet.', '请在钱包中重新授权。'],
    [
      'The customer’s permission is not valid any more. Ask the customer to agree again.',
      '顾客的授权已失效。请顾客重新授权。',
    ],
  ),
  EXPIRED_ACCESS_TOKEN: saying(
    'till',
    ['The shop’s permission for automatic payments has run out.', '商户的自动扣款授权已到期。'],
    ['The shop can renew it; you need not do anything.', '商户可以续期，您无需操作。'],
    ['The permission has run out. Renew it, then charge again.', '授权已到期。请续期后重新扣款。'],
  ),
  USER_NOT_EXIST: saying(
    'wallet',
    ['On your wallet’s side: it does not find your account.', '钱包方面：钱包找不到您的账户。'],
    [
      'Pay in another way, and ask your wallet; the shop cannot help with this.',
      '请换一种付款方式，并联系您的钱包；商户无法处理。',
    ],
    [
      'The customer’s wallet does not find the account. Take another way to pay.',
      '顾客的钱包找不到其账户。请换一种收款方式。',
    ],
  ),
  USER_STATUS_ABNORMAL: saying(
    'wallet',
    [
      'On your wallet’s side: your account cannot pay at the moment.',
      '钱包方面：您的钱包账户目前无法付款。',
    ],
    ['Ask your wallet; the shop cannot help with this.', '请联系您的钱包；商户无法处理。'],
    [
      'The customer’s account cannot pay now. Take another way to pay.',
      '顾客账户目前无法付款。请换一种收款方式。',
    ],
  ),
  USER_KYC_NOT_QUALIFIED: saying(
    'visitor',
    [
      'On your side: your wallet must know you better before you pay abroad.',
      '您这方面：在境外付款前，钱包需要进一步核实您的身份。',
    ],
    ['Complete your identity in the wallet, then try again.', '请在钱包中完成身份认证后再试。'],
    [
      'The customer must be verified by the wallet first. Take another way to pay.',
      '顾客需要先在钱包完成身份认证。请换一种收款方式。',
    ],
  ),
  RISK_REJECT: saying(
    'wallet',
    [
      'On your wallet’s side: a safety check stopped this payment.',
      '钱包方面：安全检查阻止了这笔付款。',
    ],
    [
      'Do not repeat it. Pay in another way and ask your wallet why.',
      '请不要重复付款。换一种方式，并向钱包询问原因。',
    ],
    [
      'A safety check of the wallet stopped it. Take another way to pay.',
      '钱包的安全检查阻止了付款。请换一种收款方式。',
    ],
  ),
  REGULATION_RESTRICTION: saying(
    'law',
    ['Nobody’s fault: the law does not allow this payment.', '法规不允许这笔付款。'],
    ['Pay in another way.', '请换一种付款方式。'],
    [
      'This payment is not allowed by law. Take another way to pay.',
      '法规不允许这笔付款。请换一种收款方式。',
    ],
  ),
  PAYMENT_AMOUNT_EXCEED_LIMIT: saying(
    'network',
    [
      'On the network’s side: the amount is over a limit between it and your wallet.',
      '网络方面：金额超过了支付网络与您钱包之间的限额。',
    ],
    ['Ask the shop to split it, or pay in another way.', '请商户分笔收取，或换一种付款方式。'],
    [
      'The amount is over a limit of the network. Take less, or another way to pay.',
      '金额超过网络限额。请减少金额，或换一种收款方式。',
    ],
  ),
  PAYMENT_COUNT_EXCEED_LIMIT: saying(
    'visitor',
    ['On your side: too many payments in a short time.', '您这方面：短时间内付款次数过多。'],
    ['Wait a little, then try again.', '请稍候再试。'],
    [
      'There were too many payments in a short time. Wait, or take another way to pay.',
      '短时间内付款次数过多。请稍候，或换一种收款方式。',
    ],
  ),
  USER_AMOUNT_EXCEED_LIMIT: saying(
    'visitor',
    [
      'On your side: the amount is over your limit in the wallet.',
      '您这方面：金额超过了您的钱包限额。',
    ],
    ['Raise the limit in your wallet, or pay less.', '请在钱包中提高限额，或减少金额。'],
    [
      'The amount is over the customer’s limit. Take less, or another way to pay.',
      '金额超过顾客的限额。请减少金额，或换一种收款方式。',
    ],
  ),
  UNAVAILABLE_PAYMENT_METHOD: saying(
    'wallet',
    [
      'On your wallet’s side: the source of money cannot be used here.',
      '钱包方面：所选的资金来源无法使用。',
    ],
    ['Choose another source of money in your wallet.', '请在钱包中选择其他资金来源。'],
    [
      'The customer’s wallet cannot pay with this source. Ask for another way to pay.',
      '顾客钱包的资金来源无法使用。请换一种收款方式。',
    ],
  ),
  USER_PAYMENT_VERIFICATION_FAILED: saying(
    'visitor',
    ['On your side: the PIN was wrong too often.', '您这方面：密码错误次数过多。'],
    ['Ask the shop for a new code and try again.', '请商户重新出示收款码后再试。'],
    [
      'The customer’s PIN was wrong or came too late. Start again with a new code.',
      '顾客密码错误或输入超时。请重新出示收款码。',
    ],
  ),
  USER_BALANCE_NOT_ENOUGH: saying(
    'visitor',
    ['On your side: there is not enough money in your wallet.', '您这方面：您的钱包余额不足。'],
    [
      'Add money in your wallet, or pay a part in another way.',
      '请先充值，或用其他方式支付一部分。',
    ],
    [
      'The customer’s balance is too low. Take less, or another way to pay.',
      '顾客余额不足。请减少金额，或换一种收款方式。',
    ],
  ),
  PROCESS_FAIL: saying(
    'wallet',
    [
      'On your wallet’s side: you or your wallet declined this payment.',
      '钱包方面：您或您的钱包拒绝了这笔付款。',
    ],
    [
      'Nothing was paid. Try again with a new code, or pay in another way.',
      '没有扣款。请换一个新码重试，或换一种付款方式。',
    ],
    [
      'The customer, or the customer’s wallet, declined it. Start again, or take another way.',
      '顾客或其钱包拒绝了付款。请重新收款，或换一种收款方式。',
    ],
  ),
  PAYMENT_IN_PROCESS: saying(
    'nobody',
    ['The payment is still under way.', '付款仍在处理中。'],
    ['Do not pay a second time. Wait for the result.', '请不要再付一次，等待结果即可。'],
    [
      'The payment is still under way. Wait; do not charge again.',
      '付款仍在处理中。请等待，不要再次收款。',
    ],
  ),
  UNKNOWN_EXCEPTION: saying(
    'network',
    ['On the network’s side: the result is not known yet.', '网络方面：结果尚不清楚。'],
    [
      'Do not pay a second time. If it did not count, the money comes back by itself.',
      '请不要再付一次。如果付款没有成功，钱会自动退回。',
    ],
    [
      'The network does not know the result yet. Ask again; do not charge again.',
      '支付网络尚不清楚结果。请稍后查询，不要再次收款。',
    ],
  ),
} as const satisfies Partial<Record<ResultCode, Sentence>>;

/** Codes about bytes, keys and rights: no person did anything wrong, two systems disagree. */
export const systemsDisagree = saying(
  'network',
  [
    'Not you: your wallet and the payment network did not understand each other.',
    '不是您的问题：您的钱包与支付网络之间通讯有误。',
  ],
  [
    'Nothing was paid. Pay in another way, and tell your wallet.',
    '没有扣款。请换一种付款方式，并告知您的钱包。',
  ],
  [
    'Your payment system and the network disagree. Nothing was paid; tell your acquirer.',
    '您的收款系统与支付网络之间有误。没有收款；请联系收单机构。',
  ],
);

/** No answer at all: not a result code, but visitors meet it too. */
export const unreachable = saying(
  'network',
  ['The network could not be reached.', '无法连接支付网络。'],
  ['Wait a little, then try again.', '请稍候再试。'],
  [
    'The network could not be reached. Wait a little, then try again.',
    '无法连接支付网络。请稍候再试。',
  ],
);
