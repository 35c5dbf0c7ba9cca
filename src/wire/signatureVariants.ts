// What else an engineer may have signed: the content of a message, changed by each usual mistake.
import type { SignatureFault } from './signatureFaults.ts';
import { formatTime, parseTime } from './time.ts';

/** The parts of what is signed, and how they are put together. */
export interface SignedParts {
  readonly method: string;
  readonly uri: string;
  /** Between the first line and the rest; one line feed. */
  readonly lineEnd: string;
  readonly clientId: string;
  readonly time: string;
  /** Between Client-Id, time and body; a dot. */
  readonly dot: string;
  readonly body: string;
}

/** The content as text: `<METHOD> <uri>\n<clientId>.<time>.<body>` (protocol.md §3). */
export function contentOf(parts: SignedParts): string {
  const { method, uri, lineEnd, clientId, time, dot, body } = parts;
  return `${method} ${uri}${lineEnd}${clientId}${dot}${time}${dot}${body}`;
}

/** One mistake and what was signed by it. */
export interface Variant {
  readonly faults: readonly SignatureFault[];
  readonly parts: SignedParts;
}

/** All single mistakes, then those of the body together with each other one. */
export function variantsOf(parts: SignedParts, host: string | undefined): readonly Variant[] {
  const bodies = bodyVariants(parts.body).map((each) => ({ ...each, of: 'body' as const }));
  const others = [...headVariants(parts, host), ...timeVariants(parts.time)];
  const apply = (change: Change, to: Variant): Variant => ({
    faults: [...to.faults, change.fault],
    parts: { ...to.parts, [change.of]: change.value },
  });
  const exact: Variant = { faults: [], parts };
  const single = [...others, ...bodies].map((change) => apply(change, exact));
  const double = bodies.flatMap((body) => others.map((other) => apply(other, apply(body, exact))));
  return [...single, ...double];
}

interface Change {
  readonly fault: SignatureFault;
  readonly of: keyof SignedParts;
  readonly value: string;
}

function headVariants(parts: SignedParts, host: string | undefined): Change[] {
  const { method, uri, clientId } = parts;
  const [path = uri] = uri.split('?', 1);
  const change = (fault: SignatureFault, of: keyof SignedParts, ...values: string[]) =>
    values.filter((value) => value !== parts[of]).map((value) => ({ fault, of, value }));
  const hosts = host === undefined ? [] : [`https://${host}${uri}`, `http://${host}${uri}`];
  return [
    ...change('method_other', 'method', method.toLowerCase(), 'GET', 'PUT', ''),
    ...change('uri_absolute', 'uri', ...hosts, host === undefined ? uri : `${host}${uri}`),
    ...change('uri_without_query', 'uri', path),
    ...change('uri_slash', 'uri', uri.slice(1), `${uri}/`, uri.replace(/\/$/, '')),
    ...change('uri_encoded', 'uri', decoded(uri), encodeURI(decoded(uri)), encodeURIComponent(uri)),
    ...change('separator_line', 'lineEnd', '\r\n', '\\n', ' ', '', '\n\n'),
    ...change('separator_dots', 'dot', '\n', '', ',', '&', ' '),
    ...change('client_id_other', 'clientId', clientId.toLowerCase(), clientId.toUpperCase(), ''),
  ];
}

function timeVariants(time: string): Change[] {
  const at = parseTime(time);
  if (at === undefined) return [];
  const iso = new Date(at).toISOString();
  const forms = [
    String(at),
    String(Math.floor(at / 1000)),
    iso,
    iso.replace(/\.\d+Z$/, 'Z'),
    iso.replace('Z', '+00:00'),
    iso.replace(/\.\d+Z$/, '+00:00'),
    formatTime(at),
    formatTime(at).replace(/\.\d+/, ''),
    time.replace('+', ' '),
    time.replace('+', '%2B').replaceAll(':', '%3A'),
  ];
  return [...new Set(forms)]
    .filter((value) => value !== time)
    .map((value) => ({ fault: 'time_other', of: 'time', value }));
}

function bodyVariants(body: string): { readonly fault: SignatureFault; readonly value: string }[] {
  const found: { fault: SignatureFault; value: string }[] = [];
  const seen = new Set([body]);
  const add = (fault: SignatureFault, ...values: readonly string[]) => {
    for (const value of values) {
      if (seen.has(value)) continue;
      seen.add(value);
      found.push({ fault, value });
    }
  };
  const plain = body.replace(/^\uFEFF/, '');
  add('body_bom', plain, `\uFEFF${plain}`);
  const lines = body.replaceAll('\r\n', '\n');
  add('body_crlf', lines, lines.replaceAll('\n', '\r\n'), lines.replaceAll('\n', '\r'));
  const trimmed = plain.trim();
  const ends = ['\n', '\r\n', ' '].map((end) => trimmed + end);
  add('body_edge', trimmed, ...ends, trimmed.replaceAll('\r\n', '\n'));
  const written = rewritten(trimmed);
  add('body_reserialised', ...written, ...written.map((each) => `${each}\n`));
  add('body_encoding', body.replace(/[^\0-\x7f]/g, '?'), encodeURIComponent(body));
  add('body_empty', '', '{}', 'null');
  return found;
}

/** The same JSON as other programs write it: compact, indented, Python's, sorted, escaped. */
function rewritten(body: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    // Not JSON: nothing could have written it a second time.
    return [];
  }
  const forms = [value, sorted(value)].flatMap((each) => [
    JSON.stringify(each),
    JSON.stringify(each, null, 2),
    JSON.stringify(each, null, 4),
    JSON.stringify(each, null, '\t'),
    spaced(each),
  ]);
  const escaped = forms.flatMap((each) => [
    each.replaceAll('/', '\\/'),
    ascii(each),
    ascii(each.replaceAll('/', '\\/')),
    each.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e'),
  ]);
  return [...forms, ...escaped];
}

/** `{"a": 1, "b": 2}`, as Python's json.dumps writes it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, each]) => `${JSON.stringify(name)}: ${spaced(each)}`,
  );
  return `{${fields.join(', ')}}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name as keyof typeof value])]));
}

function ascii(text: string): string {
  return text.replace(
    /[^\0-\x7f]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    // A stray percent sign: it was not encoded.
    return uri;
  }
}
