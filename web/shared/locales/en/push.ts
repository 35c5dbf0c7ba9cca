// English words of codes that acquirers make, and of shops that are credited after the payment.
export const push = {
  push: {
    ownCode: 'Show {{acquirer}}’s own code',
    nationalCode: 'Show a {{scheme}} code',
    crediting: 'PAID, NOT HERE YET',
    creditingHelp:
      'The customer has paid, but you have not been credited yet: do not hand over the goods. ' +
      'The till tells you when the money is there.',
    notCredited:
      'You were not credited. The customer gets the money back by itself; ask for another way to ' +
      'pay.',
    printedHelp:
      'The scheme’s code for this till. Visitors scan it with their own wallet and type the ' +
      'amount; the payment appears here by itself.',
    title: 'How the shops are credited',
    help: 'Sandbox: what the acquirer does after a customer has paid a national code.',
    mode: {
      normal: 'at once, as it should',
      push_later: 'says “in process”, credits six seconds later',
      push_refused: 'refuses: the customer gets the money back',
      push_unheard: 'credits, but its answer is lost; the network asks',
      push_silent: 'never: the network gives up after 15 minutes',
    },
    amountTitle: 'How much?',
    amountHelp: 'Type what the shop asks. You see the price in your money before you pay.',
    amount: 'Amount, in {{currency}}',
    amountWrong: 'This is no amount in {{currency}}.',
    goOn: 'Go on',
    otherCode: 'Another code',
    paidHelp:
      'The shop is being credited; its till says when the money is there. If it cannot be ' +
      'credited, you get everything back by itself, by {{time}} at the latest.',
    creditedHelp: 'The shop has its money. Keep this as your proof.',
    reversedHelp:
      'The shop could not be credited. The whole amount is in your wallet again; you have paid ' +
      'nothing.',
  },
};
