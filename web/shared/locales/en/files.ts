// English words of settlement files.
export const files = {
  files: {
    title: 'Files',
    about: 'Made when a day is closed and a batch is settled. Partners fetch them by SFTP or HTTP.',
    of: 'Files of',
    all: 'Everybody',
    none: 'No files yet',
    noneHelp: 'Close a day: a few seconds later every participant has its files, an empty day too.',
    size: '{{bytes}} bytes',
    made: 'made {{time}}',
    fetched: 'Fetched {{time}} by {{way}}, times: {{count}}',
    notFetched: 'Not fetched yet',
    forBank: "For the network's bank; no participant sees it",
  },
};
