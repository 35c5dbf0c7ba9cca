// English words of the certification of partners.
export const certification = {
  certification: {
    title: 'Certification',
    about:
      'The acceptance cases as they were played against a partner’s endpoint, from outside. ' +
      'The last 20 runs of each partner are kept.',
    participant: 'Participant',
    anyone: 'All participants',
    none: 'No run has been reported',
    noneHelp: 'Run the certification with --report and this network’s address:',
    verdict: {
      certified: 'Certified',
      notCertified: 'Not certified',
      running: 'Running',
      brokenOff: 'Broken off',
    },
    progress: 'Cases played',
    done: '{{done}} of {{of}}',
    count: {
      pass: '{{count}} passed',
      fail: '{{count}} failed',
      skipped: '{{count}} skipped',
    },
    debited: 'By its own answers the customer must have lost {{amount}}. Compare its books.',
    case: { pass: 'Passed', fail: 'Failed', skipped: 'Skipped' },
    change: 'What to change:',
    source: 'Where the rule stands: {{source}}',
    noCalls: 'No message of its own: it looks at those of the other cases.',
    sent: 'Sent',
    answered: 'Answered',
  },
};
