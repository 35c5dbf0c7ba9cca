// A signed message as an engineer pastes it: HTTP text or JSON, read without changing a byte of it.

/** A message with its headers in the order and case in which they were given. */
export interface PastedMessage {
  readonly method: string;
  /** The request target; for an answer that of its request. */
  readonly uri: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body, exactly as pasted. */
  readonly body: string;
}

/** The message, or one sentence that says what is wrong with the text. */
export type ReadMessage =
  | { readonly ok: true; readonly message: PastedMessage }
  | { readonly ok: false; readonly problem: string };

const startForm = /^([A-Za-z]+) +(\S+)(?: +HTTP\/[\d.]+)?$/;

/**
 * Reads HTTP text (`POST /path HTTP/1.1`, headers, an empty line, the body) or a JSON object
 * `{method, path, headers, body}`. With a Content-Length the body ends there, so that the line
 * end which an editor adds to a file does not become part of it.
 */
export function readPastedMessage(text: string): ReadMessage {
  return text.trimStart().startsWith('{') ? readJson(text) : readHttp(text);
}

function readHttp(text: string): ReadMessage {
  const [, head = text, body = ''] = /^([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(text) ?? [];
  const [first = '', ...lines] = head.split(/\r?\n/).filter((line) => line.trim() !== '');
  const start = startForm.exec(first.trim());
  if (start === null) {
    return { ok: false, problem: 'The first line is not METHOD and path, as in POST /aps/…' };
  }
  const headers: [string, string][] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) return { ok: false, problem: `This header line has no colon: ${line}` };
    headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  const method = start[1] ?? '';
  const uri = start[2] ?? '';
  return { ok: true, message: { method, uri, headers, body: cutTo(headers, body) } };
}

function cutTo(headers: readonly (readonly [string, string])[], body: string): string {
  const named = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? '';
  if (!/^\d{1,7}$/.test(named)) return body;
  const bytes = new TextEncoder().encode(body);
  const length = Number(named);
  if (bytes.length <= length || new TextDecoder().decode(bytes.slice(length)).trim() !== '') {
    return body;
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.slice(0, length));
}

function readJson(text: string): ReadMessage {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: `This is no JSON: ${(error as Error).message}` };
  }
  const { method = 'POST', path, headers, body = '' } = value as Record<string, unknown>;
  if (typeof path !== 'string' || typeof method !== 'string' || typeof body !== 'string') {
    return {
      ok: false,
      problem: 'Give {"method", "path", "headers", "body"}, the body as a text.',
    };
  }
  const list = Object.entries((headers ?? {}) as Record<string, unknown>);
  const texts = list.map(([name, each]) => [name, String(each)] as const);
  return { ok: true, message: { method, uri: path, headers: texts, body } };
}

/** The values of a header, in any case of its name. */
export function valuesOf(message: PastedMessage, name: string): readonly string[] {
  return message.headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}
