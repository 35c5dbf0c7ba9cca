// A settlement file: what it is about, its name and its folder (protocol.md §7).

import { dateOf } from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import type { Agreement } from '../clearing/batch.ts';

/** What is made for every clearing batch, of an empty day too. */
export const clearingKinds = ['transactionItems', 'feeItems', 'summary', 'camt053'] as const;

/** What is made for a settlement batch: when it is netted, approved, confirmed. */
const settlementKinds = ['settlement', 'pacs009', 'camt054'] as const;

export type ClearingKind = (typeof clearingKinds)[number];
export type SettlementKind = (typeof settlementKinds)[number];
export type FileKind = ClearingKind | SettlementKind;

/** A file that was made, as its row says. It never changes; a correction has the next number. */
export interface SettlementFile {
  readonly name: string;
  readonly kind: FileKind;
  /** The clearing or settlement batch that it is about. */
  readonly batchId: string;
  readonly participantId: string;
  readonly currency: string;
  /** 0 to 999: 0 is the first, every later one corrects the one before. */
  readonly seq: number;
  /** The day on which it was made, at UTC+8; its folder is named by it. */
  readonly generatedDay: ClearingDay;
  readonly sizeBytes: number;
  /** SHA-256 of the content, 64 hexadecimal digits. */
  readonly digest: string;
  readonly madeAt: number;
  /** When its participant last fetched it whole, by which way, and how often. */
  readonly fetchedAt: number | null;
  readonly fetchedBy: FetchWay | null;
  readonly fetchCount: number;
}

export type FetchWay = 'sftp' | 'http';

/** The largest number of a file of one name. */
export const lastSeq = 999;

/** The order to the network's bank is not the participant's: nobody but the operator sees it. */
export function isForBank(kind: FileKind): boolean {
  return kind === 'pacs009';
}

const isXml = (kind: FileKind) => kind === 'pacs009' || kind === 'camt053' || kind === 'camt054';

/** `transactionItems_TNG_MYR_C2026112400000005_TNG-MYR_000.csv` (§7). */
export function fileName(
  kind: FileKind,
  agreement: Pick<Agreement, 'participantId' | 'currency' | 'agreementId'>,
  batchId: string,
  seq: number,
): string {
  const { participantId, currency, agreementId } = agreement;
  const number = String(seq).padStart(3, '0');
  const ending = isXml(kind) ? 'xml' : 'csv';
  return `${kind}_${participantId}_${currency}_${batchId}_${agreementId}_${number}.${ending}`;
}

/** `20261124`: the day on which a file was made. */
export function dateFolder(day: ClearingDay): string {
  return dateOf(day).replaceAll('-', '');
}

const isOfClearing = (kind: FileKind) => (clearingKinds as readonly FileKind[]).includes(kind);

/** Where a participant finds a file, from the root: folders and its name. */
export function pathOf(file: SettlementFile, isSandbox: boolean): readonly string[] {
  return [
    isSandbox ? 'sandbox' : 'v1',
    'settlements',
    isOfClearing(file.kind) ? 'clearing' : 'settlement',
    file.participantId,
    dateFolder(file.generatedDay),
    file.name,
  ];
}
