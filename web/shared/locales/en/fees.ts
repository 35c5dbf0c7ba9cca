// English words of fees by dated rules.
export const fees = {
  fees: {
    title: 'Fees',
    about:
      'Who pays which fee. Rules are in sets that begin at a time, and two persons put a set in ' +
      'force on the command line. Of the rules that concern a payment the one that says most ' +
      'about it wins: first whoever names the wallet, then the acquirer, the corridor, the way ' +
      'of paying, the currency. A payment keeps the rules of the time it was made.',
    state: {
      proposed: 'Waits for approval',
      withdrawn: 'Withdrawn',
      coming: 'Coming',
      in_force: 'In force',
      past: 'Replaced',
    },
    from: 'From {{time}} on.',
    proposed: 'Proposed by {{person}}.',
    approved: 'Proposed by {{person}}, approved by {{other}}.',
    kind: {
      interchange: 'Interchange',
      acquirer_service_fee: 'Acquirer’s service fee',
      wallet_service_fee: 'Wallet’s service fee',
    },
    every: 'Every payment',
    inCurrency: 'in {{currency}}',
    atLeast: 'at least {{amount}}',
    atMost: 'at most {{amount}}',
    noRules: 'This set has no rules: what was agreed holds.',
    none: 'There are no rules yet',
    noneHelp: 'Every fee is what was agreed with each participant.',
    agreed: 'As agreed',
    agreedHelp: 'Holds where no rule says otherwise.',
    participant: 'Participant',
    service: 'Service fee',
    calculator: 'Work out an example',
    calculatorHelp: 'Under the rules and rates of now. Nothing is paid.',
    amount: 'Amount in {{currency}}',
    wrongAmount: 'Type an amount, such as 100 or 12.50',
    product: 'Way of paying',
    wallet: 'Wallet',
    acquirer: 'Acquirer',
    nobody: 'It takes a wallet and an acquirer',
    settled: 'The acquirer is settled',
    paysTo: 'The wallet owes',
    network: 'the network',
    toWhom: '{{payer}} to {{payee}}',
    received: 'which gets {{amount}}',
    by: {
      rate: '{{percent}} % of {{from}}, half to even.',
      minimum: '{{percent}} % of {{from}} is less than the minimum.',
      maximum: '{{percent}} % of {{from}} is more than the maximum.',
      all: 'All that is left of {{from}}.',
    },
    byAgreement: 'As agreed.',
    byRule: 'Rule {{rule}} of {{version}}.',
  },
};
