// English words of the network's clock and of the webhook inspector.
export const notices = {
  clock: {
    title: 'Time of the network',
    real: 'real time',
    ahead: '{{length}} ahead of real time',
    fixed: 'Only a sandbox network’s time can be moved.',
    help: 'Move it on to see codes, windows and schedules end. It never goes back.',
    move: 'Move the time forward',
    notMoved: 'The time was not moved. Try again.',
    step: {
      minute: '+1 minute',
      tenMinutes: '+10 minutes',
      beforeCancelEnds: '00:14 tomorrow',
      afterCancelEnds: '00:16 tomorrow',
      day: '+1 day',
      month: '+30 days',
      year: '+365 days',
    },
  },
  notices: {
    title: 'Notices to acquirers',
    about:
      'How a payment ended is told to its acquirer until it has acknowledged. ' +
      'After the last repeat a notice is kept here.',
    state: { taken: 'Taken', waiting: 'Waiting', given_up: 'Given up' },
    none: {
      taken: 'No notice has been taken yet',
      waiting: 'No notice is waiting',
      given_up: 'No notice was given up',
    },
    noneHelp: {
      taken: 'The first payment that ends appears here.',
      waiting: 'Every notice was acknowledged, or was given up.',
      given_up: 'A notice comes here after its last repeat without an acknowledgement.',
    },
    next: 'Next attempt: {{time}}',
    ack: 'Acknowledgement',
    noAttempt: 'It has not been sent yet.',
    replay: 'Send again',
    replayedOne: 'On its way.',
    replayAll: 'Send all {{count}} again',
    replayed: '{{count}} on their way.',
    notReplayed: 'It was not sent. Try again.',
    choosePartner: 'Choose an acquirer to send all of its notices again.',
  },
};
