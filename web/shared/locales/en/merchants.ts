// English words of the page of registered merchants.
export const merchants = {
  merchants: {
    title: 'Registered merchants',
    about:
      'An acquirer registers a merchant once; every wallet decides for itself, within seven ' +
      'days. Newest registration of each shop.',
    merchant: 'Merchant',
    search: 'Name or id of a merchant',
    anyAcquirer: 'All acquirers',
    online: 'online only',
    registered: 'sent {{time}}',
    required: 'only registered merchants',
    requiredHelp: 'This wallet is paid with at merchants that it has approved, and nowhere else.',
    toBeTold: 'the acquirer has not acknowledged this word yet',
    notAsked: 'not asked',
    state: {
      APPROVED: 'approved',
      REJECTED: 'refused',
      ACCEPTED: 'looking at it',
      ASKED: 'being asked',
      UNANSWERED: 'no answer in 7 days',
    },
    none: 'No merchant is registered yet',
    noneHelp:
      'Nothing needs it until a wallet or an acquirer requires it. The sandbox can send its shops.',
    noneFound: 'No merchant fits',
    noneFoundHelp: 'Choose another acquirer or another name.',
    send: 'Register the shops of the sandbox',
    sent: '{{count}} shops were taken.',
    notSent: 'They could not be sent. Is the sandbox running?',
    more: 'More merchants are registered than are shown: search for one.',
  },
};
