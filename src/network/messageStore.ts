// SQL of the message log.

import { joinedTexts, numberArray, separatorOf, textArray } from '../base/sqlArray.ts';
import type { Database, Statement } from '../base/world.ts';
import type { LoggedExchange } from './messageLog.ts';

/** Writes a batch; its commit does not wait for the disk, since it is evidence and not money. */
export function writeMessages(batch: readonly LoggedExchange[]): Statement[] {
  const byLane = new Map<number, LoggedExchange[]>();
  for (const exchange of batch) {
    const list = byLane.get(exchange.lane) ?? [];
    list.push(exchange);
    byLane.set(exchange.lane, list);
  }
  return [
    { text: 'begin', values: [] },
    { name: 'log.lazy', text: 'set local synchronous_commit = off', values: [] },
    ...[...byLane].map(([lane, list]) => insertMessages(lane, list)),
    { text: 'commit', values: [] },
  ];
}

// A text of the protocol may hold what Postgres cannot keep; evidence keeps the rest of it.
const kept = (text: string) => (text.includes('\0') ? text.replaceAll('\0', '\u2400') : text);

function insertMessages(lane: number, list: readonly LoggedExchange[]): Statement {
  const long = {
    requestHeaders: list.map((each) => kept(JSON.stringify(each.requestHeaders))),
    requestBodies: list.map((each) => kept(each.requestBody)),
    responseHeaders: list.map((each) => kept(JSON.stringify(each.responseHeaders))),
    responseBodies: list.map((each) => kept(each.responseBody)),
  };
  const separator = separatorOf(Object.values(long).flat());
  return {
    name: 'log.insert',
    text:
      'insert into messages (lane, message_id, payment_number, at, direction, participant_id, ' +
      'api, path, request_headers, request_body, request_verdict, response_status, ' +
      'response_headers, response_body, response_verdict, duration_ms) ' +
      'select l.lane, u.* from lanes l, unnest($2::text::text[], $3::text::bigint[], ' +
      '$4::text::bigint[], $5::text::text[], $6::text::text[], $7::text::text[], ' +
      '$8::text::text[], string_to_array($9::text, $17::text), ' +
      'string_to_array($10::text, $17::text), $11::text::text[], $12::text::integer[], ' +
      'string_to_array($13::text, $17::text), string_to_array($14::text, $17::text), ' +
      '$15::text::text[], $16::text::integer[]) u(message_id) ' +
      'where l.lane = $1 and u.message_id is not null',
    values: [
      lane,
      textArray(list.map((each) => each.messageId)),
      numberArray(list.map((each) => each.paymentNumber)),
      numberArray(list.map((each) => each.at)),
      textArray(list.map((each) => each.direction)),
      textArray(list.map((each) => each.participantId)),
      textArray(list.map((each) => each.api)),
      textArray(list.map((each) => kept(each.path))),
      joinedTexts(long.requestHeaders, separator),
      joinedTexts(long.requestBodies, separator),
      textArray(list.map((each) => each.requestVerdict)),
      numberArray(list.map((each) => each.responseStatus)),
      joinedTexts(long.responseHeaders, separator),
      joinedTexts(long.responseBodies, separator),
      textArray(list.map((each) => each.responseVerdict)),
      numberArray(list.map((each) => each.durationMs)),
      separator,
    ],
  };
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
