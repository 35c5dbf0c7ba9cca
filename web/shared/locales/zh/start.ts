// Chinese words of the first page.
export const start = {
  start: {
    title: '出门在外，用家乡的钱包付款',
    lead: 'Wayfare 是连接钱包与商户的开放网络。游客用自己的货币付款，商户收到人民币，双方看到同一个结果。',
    tryIt: '打开两个窗口试一试',
    tryHow:
      '一个窗口打开游客，另一个打开收银台。在收银台输入金额，用钱包付款，再看这笔钱如何走过网络。',
    newWindow: '（在新窗口打开）',
    door: {
      visitor: { title: '我是游客', help: '打开家乡的钱包，出示付款码或扫码。' },
      till: { title: '我是店家', help: '输入金额，出示收款码或扫顾客的码。' },
      network: { title: '查看网络', help: '每一笔付款、报文和记账。' },
      participant: {
        title: '我是参与方',
        help: '一家钱包或收单机构自己的批次、文件、对账单和争议。',
      },
    },
    shop: '网上商店',
    shopHelp: '在网页上购买船票，用您选择的钱包付款。',
    books: '机构自己的账本',
    booksHelp: '每个模拟机构把网络的文件与自己的账本核对，也可以让它出错。',
    developers: '开发者文档',
    developersHelp: '接口参考、签名测试，以及钱包、收单机构和商户的接入指南。',
    wallets: '十三个境外钱包',
    openWallet: '打开 {{wallet}}',
    hubUp: '网络中枢运行中 · 已付 {{count}} 笔',
    hubClosed: '网络中枢运行中',
    hubDown: '无法连接网络中枢',
    sandbox: '这里是沙箱：钱包、人物和店铺都是模拟的，没有真实资金流动。品牌名称归其所有者。',
    rates: '示例汇率日期：{{day}}。',
  },
  journey: {
    label: '一笔付款的旅程',
    leaves: '从钱包扣除',
    rate: '约定汇率',
    arrives: '商户收到',
    visitor: { name: '游客', does: '扫商户的码，或出示付款码。' },
    wallet: { name: '家乡的钱包', does: '核对支付密码，扣除本地货币。' },
    wayfare: { name: 'Wayfare', does: '锁定汇率，记账，通知双方。' },
    acquirer: { name: '收单机构', does: '服务商户和收银台。' },
    shop: { name: '商户', does: '看到“已付款”，收到人民币。' },
  },
};
