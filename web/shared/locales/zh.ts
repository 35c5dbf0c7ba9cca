// Every word of the pages in Simplified Chinese.
import type { Words } from './en.ts';
import { agreements } from './zh/agreements.ts';
import { books } from './zh/books.ts';
import { calendars } from './zh/calendars.ts';
import { caps } from './zh/caps.ts';
import { certification } from './zh/certification.ts';
import { disputes } from './zh/disputes.ts';
import { docs } from './zh/docs.ts';
import { fees } from './zh/fees.ts';
import { files } from './zh/files.ts';
import { ledger } from './zh/ledger.ts';
import { limits } from './zh/limits.ts';
import { merchants } from './zh/merchants.ts';
import { network } from './zh/network.ts';
import { notices } from './zh/notices.ts';
import { participant } from './zh/participant.ts';
import { payment } from './zh/payment.ts';
import { people } from './zh/people.ts';
import { push } from './zh/push.ts';
import { rates } from './zh/rates.ts';
import { reasons } from './zh/reasons.ts';
import { reconciliation } from './zh/reconciliation.ts';
import { sections } from './zh/sections.ts';
import { settlement } from './zh/settlement.ts';
import { shared } from './zh/shared.ts';
import { start } from './zh/start.ts';
import { till } from './zh/till.ts';
import { visitor } from './zh/visitor.ts';

export const zh: Words = {
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
