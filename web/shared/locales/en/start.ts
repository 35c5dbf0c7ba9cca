// English words of the first page.
export const start = {
  start: {
    title: 'Pay abroad with the wallet you have at home',
    lead:
      'Wayfare is an open network between wallets and shops. A visitor pays in the ' +
      'currency of home, the shop is paid in its own, and both see the same result.',
    tryIt: 'Try it in two windows',
    tryHow:
      'Open the visitor in one window and the till in another. Type an amount at the till, ' +
      'pay it from the wallet, and watch it travel through the network.',
    newWindow: '(opens a new window)',
    door: {
      visitor: { title: 'Be the visitor', help: 'Open a home wallet, show a code or scan one.' },
      till: { title: 'Be the shopkeeper', help: 'Type an amount, show a code or scan one.' },
      network: { title: 'Watch the network', help: 'See every payment, message and posting.' },
      participant: {
        title: 'I am a participant',
        help: 'Batches, files, statement and disputes of one wallet or acquirer.',
      },
    },
    shop: 'An online shop',
    shopHelp: 'Buy boat tickets on a page, and pay in the wallet you choose.',
    books: 'Partners’ books',
    booksHelp:
      'Each simulated partner compares the network’s files with its own, mistakes and all.',
    developers: 'For developers',
    developersHelp: 'API reference, signing test, guides for wallets, acquirers and merchants.',
    wallets: 'Thirteen home wallets',
    openWallet: 'Open {{wallet}}',
    hubUp: 'The hub is running · {{count}} paid',
    hubClosed: 'The hub is running',
    hubDown: 'The hub cannot be reached',
    sandbox:
      'This is a sandbox: the wallets, people and shops are simulated and no real money ' +
      'moves. Brand names belong to their owners.',
    rates: 'Sample rates of {{day}}.',
  },
  journey: {
    label: 'How one payment travels',
    leaves: 'Leaves the wallet',
    rate: 'Quoted rate',
    arrives: 'Reaches the shop',
    visitor: { name: 'Visitor', does: 'Scans the shop’s code, or shows one.' },
    wallet: { name: 'Home wallet', does: 'Asks for the PIN and takes the home currency.' },
    wayfare: { name: 'Wayfare', does: 'Fixes the rate, keeps the books, tells both sides.' },
    acquirer: { name: 'Acquirer', does: 'Looks after the shop and its till.' },
    shop: { name: 'Shop', does: 'Sees “paid” and receives yuan.' },
  },
};
