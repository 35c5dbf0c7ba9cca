// HTTP/1.1 on bare sockets, as little of it as a lean generator and a constant partner need.

import type { Socket } from 'node:net';

/** One message: its head as text without the last line break, and its body. */
export interface HttpMessage {
  readonly head: string;
  readonly body: Buffer;
}

const endOfHead = '\r\n\r\n';
const lengthForm = /\r\ncontent-length: *(\d+)/i;

/** Calls `take` for every whole message that comes in. Bodies must come with a Content-Length. */
export function readMessages(socket: Socket, take: (message: HttpMessage) => void): void {
  let rest: Buffer | undefined;
  socket.on('data', (chunk: Buffer) => {
    let buffer = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const split = buffer.indexOf(endOfHead);
      if (split < 0) break;
      const head = buffer.toString('latin1', 0, split);
      const from = split + endOfHead.length;
      const end = from + Number(lengthForm.exec(head)?.[1] ?? 0);
      if (buffer.length < end) break;
      take({ head, body: buffer.subarray(from, end) });
      buffer = buffer.subarray(end);
    }
    rest = buffer.length === 0 ? undefined : buffer;
  });
}

/** A request or an answer as bytes; `first` is its first line. */
export function messageBytes(
  first: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = `content-length: ${Buffer.byteLength(body)}\r\n`;
  return Buffer.from(`${first}\r\n${lines.join('')}${length}\r\n${body}`);
}
