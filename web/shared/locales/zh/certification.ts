// Chinese words of the certification of partners.
export const certification = {
  certification: {
    title: '接入认证',
    about: '从外部对参与方的接口逐条执行验收用例的记录。每个参与方保留最近 20 次。',
    participant: '参与方',
    anyone: '全部参与方',
    none: '还没有认证记录',
    noneHelp: '运行认证时加上 --report 和本网络的地址：',
    verdict: {
      certified: '认证通过',
      notCertified: '未通过',
      running: '进行中',
      brokenOff: '已中断',
    },
    progress: '已执行的用例',
    done: '已执行 {{done}} / {{of}}',
    count: {
      pass: '通过 {{count}} 项',
      fail: '失败 {{count}} 项',
      skipped: '跳过 {{count}} 项',
    },
    debited: '按其自己的应答，用户账户应共减少 {{amount}}。请与其账目核对。',
    case: { pass: '通过', fail: '失败', skipped: '跳过' },
    change: '需要修改：',
    source: '规则出处：{{source}}',
    noCalls: '本用例没有自己的报文，检查的是其他用例的报文。',
    sent: '发送',
    answered: '应答',
  },
};
