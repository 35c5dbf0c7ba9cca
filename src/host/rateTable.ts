// A table of rates from a file or over HTTP: one deadline, bounded, and a sentence when it fails.

import { readFile, stat } from 'node:fs/promises';
import { type Dispatcher, request } from 'undici';

/** What came: the text, or why there is none. */
type Fetched = { readonly text: string } | { readonly problem: string };

/** Gets the text at a path or address of at most `mostBytes`. Never rejects. */
export async function fetchText(options: {
  readonly kind: 'file' | 'http';
  readonly address: string;
  readonly timeoutMs: number;
  readonly mostBytes: number;
}): Promise<Fetched> {
  try {
    return await (options.kind === 'file' ? textOfFile(options) : textAt(options));
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'TimeoutError') return { problem: `No answer within ${options.timeoutMs} ms.` };
    return { problem: `${options.address} cannot be read: ${message}.` };
  }
}

async function textOfFile(options: { address: string; mostBytes: number }): Promise<Fetched> {
  const { size } = await stat(options.address);
  if (size > options.mostBytes) return tooLong(options.mostBytes);
  return { text: await readFile(options.address, 'utf8') };
}

async function textAt(options: {
  address: string;
  timeoutMs: number;
  mostBytes: number;
}): Promise<Fetched> {
  const { address, timeoutMs, mostBytes } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  const { statusCode, body } = await request(address, {
    method: 'GET',
    headers: { accept: 'application/json' },
    signal,
  });
  if (statusCode !== 200) {
    await body.dump();
    return { problem: `${address} answered with HTTP ${statusCode}.` };
  }
  return textOf(body, mostBytes);
}

async function textOf(body: Dispatcher.ResponseData['body'], mostBytes: number): Promise<Fetched> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop closes the connection: the rest is not read.
    if (bytes > mostBytes) return tooLong(mostBytes);
    chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString('utf8') };
}

function tooLong(mostBytes: number): Fetched {
  return { problem: `The table is longer than ${mostBytes} bytes.` };
}
