// English words that all pages share.
export const shared = {
  shell: {
    skip: 'Skip to the page',
    places: 'Places',
    visitor: 'Visitor',
    till: 'Till',
    network: 'Network',
    language: 'Language',
  },
  states: {
    loading: 'Loading…',
    again: 'Try again',
    more: 'Show more',
    missing: 'Nothing is kept under this address',
    missingHelp: 'It may have been typed wrongly, or the sandbox was started anew.',
    unreachable: 'Wayfare cannot be reached',
    unreachableHelp:
      'The hub or the sandbox is not running, or the line is broken. Nothing was lost.',
    unread: 'This cannot be read at the moment. The page asks again by itself.',
    failed: 'That did not work',
    failedHelp: 'Try again; if it happens every time, look at the log of the hub.',
    noPage: 'There is no such page',
    noPageHelp: 'The road ends here.',
    home: 'To the first page',
    lineDown: 'No live line at the moment. The page asks again by itself.',
  },
  product: {
    payment_code: 'Visitor’s code',
    order_code: 'Till’s code',
    never_placed: 'Cancelled before it was asked for',
  },
  scanner: {
    picture: 'Picture of the camera',
    starting: 'Starting the camera…',
    looking: 'Hold the code inside the frame.',
    refused: 'The camera was not allowed. Allow it in the browser, or take another way.',
    absent: 'No camera can be used here. Take another way, or read a picture.',
    file: 'Read a picture of a code',
    unread: 'No code could be found in this picture.',
  },
};
