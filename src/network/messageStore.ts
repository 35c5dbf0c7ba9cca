// SQL of the message log.

import { type CopyRow, type CopyType, copyInto, copyRows } from '../base/copyRows.ts';
import type { Database, Statement } from '../base/world.ts';
import type { LoggedExchange } from './messageLog.ts';

/** The columns of the log in the order in which `rowOf` gives their values. */
const columns: readonly (readonly [name: string, type: CopyType])[] = [
  ['lane', 'smallint'],
  ['message_id', 'text'],
  ['payment_number', 'bigint'],
  ['at', 'bigint'],
  ['direction', 'text'],
  ['participant_id', 'text'],
  ['api', 'text'],
  ['path', 'text'],
  ['request_headers', 'text'],
  ['request_body', 'text'],
  ['request_verdict', 'text'],
  ['response_status', 'integer'],
  ['response_headers', 'text'],
  ['response_body', 'text'],
  ['response_verdict', 'text'],
  ['duration_ms', 'integer'],
];
const names = columns.map(([name]) => name);
const types = columns.map(([, type]) => type);

/** Writes a batch; its commit does not wait for the disk, since it is evidence and not money. */
export function writeMessages(batch: readonly LoggedExchange[]): Statement[] {
  return [
    { text: 'begin', values: [] },
    { name: 'log.lazy', text: 'set local synchronous_commit = off', values: [] },
    {
      name: 'log.copy',
      text: copyInto('messages', names),
      values: [],
      copied: copyRows(types, batch.map(rowOf)),
    },
    { text: 'commit', values: [] },
  ];
}

// A text of the protocol may hold what Postgres cannot keep; evidence keeps the rest of it.
const kept = (text: string) => (text.includes('\0') ? text.replaceAll('\0', '\u2400') : text);

function rowOf(each: LoggedExchange): CopyRow {
  return [
    each.lane,
    each.messageId,
    each.paymentNumber,
    each.at,
    each.direction,
    each.participantId,
    each.api,
    kept(each.path),
    kept(JSON.stringify(each.requestHeaders)),
    kept(each.requestBody),
    each.requestVerdict,
    each.responseStatus,
    kept(JSON.stringify(each.responseHeaders)),
    kept(each.responseBody),
    each.responseVerdict,
    each.durationMs,
  ];
}

export interface StoredMessage {
  readonly message_id: string;
  readonly at: string;
  readonly direction: 'in' | 'out';
  readonly participant_id: string | null;
  readonly api: string;
  readonly path: string;
  readonly request_headers: string;
  readonly request_body: string;
  readonly request_verdict: string;
  readonly response_status: number | null;
  readonly response_headers: string;
  readonly response_body: string;
  readonly response_verdict: string;
  readonly duration_ms: number;
}

/** The messages of one payment in the order they began. */
export function messagesOfPayment(
  database: Database,
  lane: number,
  paymentNumber: number,
  most: number,
): Promise<StoredMessage[]> {
  return database.query<StoredMessage>(
    'select message_id, at, direction, participant_id, api, path, request_headers, ' +
      'request_body, request_verdict, response_status, response_headers, response_body, ' +
      'response_verdict, duration_ms from messages where lane = $1 and payment_number = $2 ' +
      'order by at, message_id limit $3',
    [lane, paymentNumber, most],
  );
}
