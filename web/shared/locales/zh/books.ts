// Chinese words of the sandbox partners' books.
export const books = {
  books: {
    title: '机构自己的账本',
    about:
      '每个模拟的钱包和收单机构都有自己的账本。日终后，它取回网络的文件，逐行核对，再交出自己的文件。在这里可以让它出错。',
    partner: '谁的账本',
    state: { compared: '已核对', waiting: '尚未日终', failed: '未能核对' },
    rows: '自己的账本：{{count}} 行',
    nothing: '账本里还没有内容。请先付款，再让一天过去。',
    notYet: '尚未核对：日终后会自动进行。',
    theirFile: '网络的文件：{{rows}} 行，其中 {{same}} 行与账本一致。',
    allSame: '没有差异。',
    sent: '已交出自己的文件：{{lines}} 行，{{matched}} 行相符。',
    noBreaks: '没有差异。',
    compare: '立即核对',
    ownFile: '自己的文件',
    difference: {
      not_in_file: '网络的文件中没有',
      not_in_book: '自己的账本中没有',
      amount_differs: '金额不同',
      other_day: '在另一天',
      given_back: '已付并已退回：撤销太迟',
    },
    mistakes: '让文件出错',
    mistakesAbout:
      '从当天第一行起，每行一个错误，按以下顺序；虚构的行和无法读取的行另外加入。先设定，再核对。',
    mistake: {
      drop: '漏记',
      double: '重复',
      changeAmount: '多一个单位',
      dayLate: '晚记一天',
      changeCurrency: '币种错误',
      invent: '虚构',
      garble: '无法读取',
    },
    tell: '设定',
  },
};
