// What the online shop sells, and through whom: the boats of Lakeside Acquiring.

export const boats = {
  acquirerId: 'LAKESIDE',
  tillId: 'TILL-BOATS-1',
} as const;

/** One ticket, in fen. */
export const ticketFen = 6_000;

export const mostTickets = 6;
