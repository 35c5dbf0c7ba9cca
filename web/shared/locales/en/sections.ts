// English names of the sections of the network.
export const sections = {
  sections: {
    label: 'Sections of the network',
    payments: 'Payments',
    settlement: 'Settlement',
    positions: 'Positions',
    rates: 'Rates',
    limits: 'Limits',
    merchants: 'Merchants',
    disputes: 'Disputes',
    notices: 'Notices',
    certification: 'Certification',
  },
};
