// Chinese words of codes that acquirers make, and of shops that are credited after the payment.
export const push = {
  push: {
    ownCode: '出示 {{acquirer}} 自己的码',
    nationalCode: '出示 {{scheme}} 码',
    crediting: '已付，未到账',
    creditingHelp: '顾客已经付款，但收单机构还没有给您入账。请先不要交货，到账后收银台会自动提示。',
    notCredited: '款项没有给您入账，顾客会自动收到退款。请让顾客换一种方式付款。',
    printedHelp: '这个收银台的国家统一码。游客用自己的钱包扫码并输入金额，付款会自动显示在这里。',
    title: '如何给商户入账',
    help: '沙箱：顾客用国家统一码付款之后，收单机构怎么做。',
    mode: {
      normal: '立即入账（正常）',
      push_later: '先说“处理中”，六秒后入账',
      push_refused: '拒绝：顾客收到退款',
      push_unheard: '入账了，但答复丢失，由网络来查询',
      push_silent: '一直不答复：网络 15 分钟后放弃',
    },
    amountTitle: '付多少？',
    amountHelp: '请输入商户要收的金额。付款前您会看到折合成自己货币的价格。',
    amount: '金额（{{currency}}）',
    amountWrong: '这不是有效的 {{currency}} 金额。',
    goOn: '继续',
    otherCode: '换一个码',
    paidHelp:
      '正在给商户入账，到账后收银台会提示。如果无法入账，全部金额最迟在 {{time}} 自动退回。',
    creditedHelp: '商户已经收到钱。请保留作为付款凭证。',
    reversedHelp: '没能给商户入账。全部金额已退回您的钱包，您没有付款。',
  },
};
