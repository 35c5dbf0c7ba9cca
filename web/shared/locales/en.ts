// Every word of the pages in English; the other languages have exactly the same keys.
import { agreements } from './en/agreements.ts';
import { books } from './en/books.ts';
import { calendars } from './en/calendars.ts';
import { caps } from './en/caps.ts';
import { certification } from './en/certification.ts';
import { disputes } from './en/disputes.ts';
import { docs } from './en/docs.ts';
import { fees } from './en/fees.ts';
import { files } from './en/files.ts';
import { ledger } from './en/ledger.ts';
import { limits } from './en/limits.ts';
import { merchants } from './en/merchants.ts';
import { network } from './en/network.ts';
import { notices } from './en/notices.ts';
import { participant } from './en/participant.ts';
import { payment } from './en/payment.ts';
import { people } from './en/people.ts';
import { push } from './en/push.ts';
import { rates } from './en/rates.ts';
import { reasons } from './en/reasons.ts';
import { reconciliation } from './en/reconciliation.ts';
import { sections } from './en/sections.ts';
import { settlement } from './en/settlement.ts';
import { shared } from './en/shared.ts';
import { start } from './en/start.ts';
import { till } from './en/till.ts';
import { visitor } from './en/visitor.ts';

export const en = {
  ...shared,
  ...start,
  ...visitor,
  ...till,
  ...network,
  ...merchants,
  ...notices,
  ...sections,
  ...settlement,
  ...calendars,
  ...caps,
  ...files,
  ...reconciliation,
  ...reasons,
  ...books,
  ...ledger,
  ...certification,
  ...limits,
  ...fees,
  ...disputes,
  ...payment,
  ...people,
  ...participant,
  ...push,
  ...rates,
  ...docs,
  ...agreements,
};

/** The shape that every language fills: the same keys, texts of its own. */
export type Words = Texts<typeof en>;

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };
