// Chinese words of settlement files.
export const files = {
  files: {
    title: '对账文件',
    about: '每日关账和结算后自动生成，机构通过 SFTP 或 HTTP 领取。',
    of: '所属机构',
    all: '全部机构',
    none: '还没有文件',
    noneHelp: '关账几秒后，每家机构都会有文件，当日无交易也一样。',
    size: '{{bytes}} 字节',
    made: '生成于 {{time}}',
    fetched: '{{time}} 经 {{way}} 领取，共 {{count}} 次',
    notFetched: '尚未领取',
    forBank: '发给网络的银行，机构不可见',
  },
};
