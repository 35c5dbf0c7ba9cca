// Simplified Chinese names of the sections of the network.
export const sections = {
  sections: {
    label: '网络的各个栏目',
    payments: '付款',
    settlement: '清算结算',
    calendars: '营业日历',
    reconciliation: '对账',
    ledger: '总账',
    caps: '额度',
    positions: '头寸',
    rates: '汇率',
    fees: '手续费',
    limits: '限额',
    merchants: '商户',
    disputes: '争议',
    notices: '通知',
    certification: '认证',
  },
};
