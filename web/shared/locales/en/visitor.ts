// English words of the visitor's wallet.
export const visitor = {
  choose: {
    wallet: 'Whose wallet do you open?',
    walletHelp: 'Each person is simulated and starts with money of their own country.',
    find: 'Find a wallet, country or person',
    none: 'Nothing fits these words',
    till: 'Which till is this?',
    tillHelp: 'Every shop is simulated; each till is a window of its own.',
    findShop: 'Find a shop, city or street',
    acquirer: 'acquirer',
  },
  visitor: {
    title: 'Visitor',
    change: 'Change',
    back: 'Back',
    payment: 'Payment',
    balance: 'Balance',
    pay: 'Pay',
    payHelp: 'Show your code to the shop',
    scan: 'Scan',
    scanHelp: 'Scan the shop’s code',
    history: 'Payments',
    noHistory: 'No payments yet',
    noHistoryHelp: 'What you pay appears here, with its rate and numbers as a proof.',
    waitsForYou: 'A payment waits for your PIN',
    status: {
      AWAITING_CONFIRMATION: 'Waits for you',
      SUCCESS: 'Paid',
      FAILED: 'Not paid',
      REVERSED: 'Given back',
      UNKNOWN: 'Not known yet',
    },
  },
  topUp: {
    open: 'Add money',
    amount: 'How much, in {{currency}}',
    add: 'Add',
    wrong: 'This is no amount in {{currency}}.',
  },
  pay: {
    title: 'Pay',
    help: 'Let the shop scan this code. It works once and only for a minute.',
    barcode: 'Payment code as bars',
    qr: 'Payment code as a square',
    renews: 'New code in',
    listening: 'Waiting for the shop to scan',
  },
  scan: {
    title: 'Scan',
    tills: 'Tills nearby',
    camera: 'Camera',
    paste: 'Paste',
    printed: 'Printed code of a shop',
    printedHelp: 'It stays on the counter: you type the amount yourself.',
    printedPick: 'Choose a shop',
    pasteLabel: 'Text of the code',
    pasteHelp: 'What a scanner would read from the shop’s code.',
    read: 'Read the code',
    noTills: 'No till shows a code now',
    noTillsHelp:
      'Open a till in another window, type an amount and choose “Show code”. It appears ' +
      'here by itself.',
    notPayable: 'This code cannot be paid here',
    reason: {
      not_valid: 'It is damaged or not a payment code. Ask the shop for a new one.',
      not_a_payment: 'It leads to a web page, not to a payment. Ask the shop for its payment code.',
      currency_unknown: 'It names a currency that does not exist. Ask the shop for a new code.',
      amount_not_in_currency: 'Its amount does not fit its currency. Ask the shop for a new code.',
      scheme_not_connected:
        'It belongs to a payment scheme that Wayfare does not reach yet. Ask for another way ' +
        'to pay.',
      foreign_issuer:
        'It belongs to another network. Ask whether the shop takes Wayfare, or show your own code.',
      shown_by_visitor:
        'This is a code that a visitor shows. Shops scan it; a wallet cannot pay it.',
    },
  },
  review: {
    title: 'Check before you pay',
    scanned: '{{merchant}} has scanned your code. Nothing is paid until you enter your PIN.',
    shopGets: 'The shop gets',
    youPay: 'You pay',
    midRate: 'Mid-market rate',
    margin: 'Spread {{percent}} %',
    yourRate: 'Your rate, fixed',
    exactly: 'Exactly, all included',
    rateHeld: 'This rate is held for',
    agree: 'Pay',
    decline: 'Do not pay',
  },
  pin: {
    title: 'Your PIN',
    typed: '{{typed}} of 6 digits typed',
    erase: 'Erase the last digit',
    wrong: 'This PIN is not right. Try again.',
    busy: 'Paying…',
    hint: 'Sandbox: the PIN of everybody is 123456.',
  },
  result: {
    paid: 'Paid',
    paidHelp: 'Keep this as your proof.',
    not_paid: 'Not paid',
    not_paidHelp: 'No money has left your wallet.',
    expired: 'Not paid',
    expiredHelp: 'The time for this payment is over. Ask the shop for a new code.',
    reversed: 'Given back',
    reversedHelp: 'The payment could not be completed. The whole amount is in your wallet again.',
    unknown: 'Not known yet',
    unknownHelp:
      'Do not pay a second time. Your wallet keeps asking; if the payment did not count, ' +
      'the money comes back by itself.',
    asking: 'The shop asked for',
    amount: {
      paid: 'You paid',
      not_paid: 'Not taken from you',
      expired: 'Not taken from you',
      reversed: 'Given back to you',
      unknown: 'Perhaps taken from you',
    },
    done: 'Done',
    again: 'Try again with a new code',
    asked: 'Started',
    finished: 'Finished',
    walletNumber: 'Wallet’s number',
    networkNumber: 'Network’s number',
  },
  cause: {
    USER_BALANCE_NOT_ENOUGH: {
      what: 'There is not enough money in your wallet.',
      next: 'Add money in your wallet, or pay a part in another way.',
    },
    USER_AMOUNT_EXCEED_LIMIT: {
      what: 'The amount is over your wallet’s limit for you.',
      next: 'Raise the limit in your wallet, or pay less.',
    },
    PAYMENT_AMOUNT_EXCEED_LIMIT: {
      what: 'The amount is over a limit of the network.',
      next: 'Ask the shop to split it, or pay in another way.',
    },
    PAYMENT_COUNT_EXCEED_LIMIT: {
      what: 'You have made too many payments in a short time.',
      next: 'Wait a little, then try again.',
    },
    USER_PAYMENT_VERIFICATION_FAILED: {
      what: 'The PIN was wrong too often.',
      next: 'Ask the shop for a new code and try again.',
    },
    USER_STATUS_ABNORMAL: {
      what: 'Your wallet account cannot pay at the moment.',
      next: 'Ask your wallet; the shop cannot help with this.',
    },
    USER_KYC_NOT_QUALIFIED: {
      what: 'Your wallet must know you better before you pay abroad.',
      next: 'Complete your identity in the wallet.',
    },
    RISK_REJECT: {
      what: 'A safety check stopped this payment.',
      next: 'Do not repeat it. Pay in another way and ask your wallet why.',
    },
    REGULATION_RESTRICTION: {
      what: 'This payment is not allowed by law.',
      next: 'Pay in another way.',
    },
    ORDER_IS_CLOSED: {
      what: 'The shop has closed this payment.',
      next: 'Ask the shop for a new code.',
    },
    INVALID_CODE: {
      what: 'The network does not know this code.',
      next: 'Ask the shop for a new code.',
    },
    EXPIRED_CODE: {
      what: 'The code is too old or was used before.',
      next: 'Ask the shop for a new code.',
    },
    CURRENCY_NOT_SUPPORT: {
      what: 'Your wallet cannot pay in this currency.',
      next: 'Pay in another way.',
    },
    PROCESS_FAIL: { what: 'This payment was declined.', next: 'The shop has been told.' },
    UNREACHABLE: {
      what: 'The network could not be reached.',
      next: 'Wait a little, then try again.',
    },
    OTHER: {
      what: 'Your wallet did not accept this payment.',
      next: 'Try again with a new code, or pay in another way.',
    },
  },
  beside: {
    title: 'What to try',
    step1: 'Open a till and type an amount.',
    openTill: 'Open a till',
    step2:
      'Let the till show a code and pick it under “Scan”, or show yours under “Pay” and ' +
      'type its digits at the till.',
    step3: 'Follow the payment through the network.',
    openNetwork: 'Open the network',
    behaviour: 'Make this wallet misbehave',
    behaviourLabel: 'From now on this wallet',
  },
  behaviour: {
    normal: {
      name: 'answers as it should',
      help: 'Payments are accepted when there is enough money.',
    },
    decline: { name: 'declines', help: 'Every payment fails for want of money.' },
    delay: { name: 'answers slowly', help: 'The answer comes after eight seconds.' },
    timeout: {
      name: 'never answers',
      help: 'It takes the money but stays silent; the network must ask.',
    },
    answer_late: { name: 'answers “in process” first', help: 'It says later that it was paid.' },
    change_mind: { name: 'says no, then yes', help: 'The late yes must be given back.' },
    duplicate: { name: 'tells everything twice', help: 'The second message must change nothing.' },
    bad_signature: { name: 'signs wrongly', help: 'The network must not believe it.' },
  },
};
