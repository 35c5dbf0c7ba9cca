// English words of the sandbox partners' books.
export const books = {
  books: {
    title: 'Partners’ books',
    about:
      'Every simulated wallet and acquirer keeps a book of its own. When a day has closed it ' +
      'fetches the network’s file, compares it row by row, and hands its own file in. Here it ' +
      'can be told to make mistakes.',
    partner: 'Whose book',
    state: { compared: 'Compared', waiting: 'Not closed yet', failed: 'Not compared' },
    rows: 'Rows in its own book: {{count}}',
    nothing: 'Nothing in its book so far. Pay something, and let a day pass.',
    notYet: 'Not compared yet: it is, by itself, once the day has closed.',
    theirFile: 'Rows in the network’s file: {{rows}}, as in the book: {{same}}.',
    allSame: 'Nothing differs.',
    sent: 'Own file handed in. Lines: {{lines}}, matched: {{matched}}.',
    noBreaks: 'No breaks.',
    compare: 'Compare now',
    ownFile: 'Own file',
    difference: {
      not_in_file: 'Not in the network’s file',
      not_in_book: 'Not in the own book',
      amount_differs: 'Another amount',
      other_day: 'On another day',
      given_back: 'Paid and given back: cancelled too late',
    },
    mistakes: 'Make mistakes in the file',
    mistakesAbout:
      'From the first row of the day on, one row a mistake, in this order; invented and ' +
      'unreadable lines are added. Tell it, then compare.',
    mistake: {
      drop: 'Left out',
      double: 'Twice',
      changeAmount: 'One unit more',
      dayLate: 'A day late',
      changeCurrency: 'Wrong currency',
      invent: 'Invented',
      garble: 'Unreadable',
    },
    tell: 'Tell it',
  },
};
