// English names of the sections of the network.
export const sections = {
  sections: {
    label: 'Sections of the network',
    payments: 'Payments',
    settlement: 'Settlement',
    calendars: 'Calendars',
    reconciliation: 'Reconciliation',
    ledger: 'Ledger',
    caps: 'Caps',
    positions: 'Positions',
    rates: 'Rates',
    fees: 'Fees',
    limits: 'Limits',
    merchants: 'Merchants',
    disputes: 'Disputes',
    notices: 'Notices',
    certification: 'Certification',
  },
};
