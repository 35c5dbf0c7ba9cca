// Reads an XML document of a bank into elements: strictly, within bounds, and nothing from outside.

import { isUtf8 } from 'node:buffer';

/** An element by its local name; the text directly in it, without that of its elements. */
export interface XmlElement {
  readonly name: string;
  /** The namespace it is in; empty for none. */
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

export type XmlReading =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly problem: string };

/** A day's statement of one account is far smaller; a larger one is refused before it is read. */
export const mostXmlBytes = 8 * 1024 * 1024;
/** A file of that size that says anything has fewer; all of them are in memory at once. */
const mostElements = 500_000;
const deepest = 40;
const mostAttributes = 32;
const noAttributes: ReadonlyMap<string, string> = new Map();

const nameStart = /[A-Za-z_]/;
const qualifiedName = '([A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?)';
const attribute = `\\s+[^<>"'\\s=]+\\s*=\\s*(?:"[^<"]*"|'[^<']*')`;
const openTag = new RegExp(
  `<${qualifiedName}((?:${attribute}){0,${mostAttributes}})\\s*(/?)>`,
  'y',
);
const closeTag = new RegExp(`</${qualifiedName}\\s*>`, 'y');
const oneAttribute = /\s+([^<>"'\s=]+)\s*=\s*(?:"([^<"]*)"|'([^<']*)')/g;
const said = (value: string) => `\\s*=\\s*(?:"${value}"|'${value}')`;
const declaration = new RegExp(
  `^<\\?xml\\s+version${said('1\\.[01]')}(?:\\s+encoding${said('([\\w-]+)')})?` +
    `(?:\\s+standalone${said('\\w+')})?\\s*\\?>`,
);
/** What XML 1.0 has no place for. */
const control = /[\u{0}-\u{8}\u{b}\u{c}\u{e}-\u{1f}\u{fffe}\u{ffff}]/u;

const predefined: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

class XmlProblem extends Error {}

interface Opened {
  readonly qualified: string;
  readonly element: {
    name: string;
    namespace: string;
    attributes: ReadonlyMap<string, string>;
    children: XmlElement[];
    text: string;
    line: number;
  };
  readonly namespaces: ReadonlyMap<string, string>;
}

/**
 * Reads bytes of UTF-8. There is no document type: whatever declares one is refused, so entities
 * that grow or reach for files cannot be.
 */
export function readXml(bytes: Uint8Array): XmlReading {
  if (bytes.length > mostXmlBytes) {
    return { ok: false, problem: `larger than ${mostXmlBytes} bytes` };
  }
  if (!isUtf8(bytes)) return { ok: false, problem: 'not UTF-8' };
  try {
    return { ok: true, root: new Reader(new TextDecoder().decode(bytes)).read() };
  } catch (error) {
    if (error instanceof XmlProblem) return { ok: false, problem: error.message };
    throw error;
  }
}

class Reader {
  readonly #text: string;
  readonly #open: Opened[] = [];
  #at = 0;
  #line = 1;
  /** Where the line that was counted last ends; -1 in the last one. */
  #lineEnd: number;
  #elements = 0;
  #root: XmlElement | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#lineEnd = text.indexOf('\n');
  }

  read(): XmlElement {
    if (control.test(this.#text)) throw new XmlProblem('a character that XML does not know');
    this.#declaration();
    while (this.#at < this.#text.length) this.#next();
    const [unclosed] = this.#open.slice(-1);
    if (unclosed !== undefined) this.#fail(`${unclosed.qualified} is not closed`);
    if (this.#root === undefined) throw new XmlProblem('no element');
    return this.#root;
  }

  #declaration(): void {
    if (!this.#text.startsWith('<?xml')) return;
    const found = declaration.exec(this.#text);
    if (found === null) this.#fail('a declaration that cannot be read');
    const encoding = found?.[1] ?? found?.[2] ?? 'UTF-8';
    if (encoding.toUpperCase() !== 'UTF-8') this.#fail(`the encoding ${encoding}; UTF-8 is taken`);
    this.#at = found?.[0].length ?? 0;
  }

  #next(): void {
    const text = this.#text;
    const second = text[this.#at + 1] ?? '';
    if (text[this.#at] !== '<') this.#characters();
    else if (text.startsWith('<!--', this.#at)) this.#skip('-->');
    else if (text.startsWith('<![CDATA[', this.#at)) this.#verbatim();
    else if (second === '?') this.#skip('?>');
    else if (second === '!') this.#fail('a document type, which is not taken');
    else if (second === '/') this.#close();
    else if (nameStart.test(second)) this.#openElement();
    else this.#fail('a < that begins nothing');
  }

  #characters(): void {
    const end = this.#text.indexOf('<', this.#at);
    const written = this.#text.slice(this.#at, end < 0 ? undefined : end);
    const into = this.#open.at(-1)?.element;
    if (into !== undefined) into.text += this.#resolved(written);
    else if (written.trim() !== '') this.#fail('text outside of the document');
    this.#at += written.length;
  }

  #verbatim(): void {
    const end = this.#text.indexOf(']]>', this.#at);
    const into = this.#open.at(-1)?.element;
    if (end < 0 || into === undefined) this.#fail('a CDATA section out of place');
    else into.text += this.#text.slice(this.#at + 9, end);
    this.#at = end + 3;
  }

  #skip(mark: string): void {
    const end = this.#text.indexOf(mark, this.#at + 2);
    if (end < 0) this.#fail(`no ${mark}`);
    this.#at = end + mark.length;
  }

  #openElement(): void {
    openTag.lastIndex = this.#at;
    const found = openTag.exec(this.#text) ?? [];
    if (found[0] === undefined) {
      this.#fail(`an element that cannot be read, or of more than ${mostAttributes} attributes`);
    }
    if (this.#root !== undefined && this.#open.length === 0) this.#fail('a second document');
    if (this.#open.length >= deepest) this.#fail(`deeper than ${deepest} elements`);
    this.#elements += 1;
    if (this.#elements > mostElements) this.#fail(`more than ${mostElements} elements`);
    const [whole = '', qualified = '', written = '', isEmpty] = found;
    const attributes = this.#attributes(written);
    const namespaces = namespacesOf(attributes, this.#open.at(-1)?.namespaces);
    const colon = qualified.indexOf(':');
    const prefix = colon < 0 ? '' : qualified.slice(0, colon);
    const namespace = namespaces.get(prefix);
    if (namespace === undefined && prefix !== '') this.#fail(`the prefix ${prefix} means nothing`);
    const element = {
      name: qualified.slice(colon + 1),
      namespace: namespace ?? '',
      attributes,
      children: [],
      text: '',
      line: this.#lineNow(),
    };
    this.#open.at(-1)?.element.children.push(element);
    this.#root ??= element;
    this.#at += whole.length;
    if (isEmpty === '') this.#open.push({ qualified, element, namespaces });
  }

  #attributes(written: string): ReadonlyMap<string, string> {
    if (written === '') return noAttributes;
    const attributes = new Map<string, string>();
    for (const [, key = '', double, single] of written.matchAll(oneAttribute)) {
      if (attributes.has(key)) this.#fail(`${key} twice`);
      attributes.set(key, this.#resolved(double ?? single ?? ''));
    }
    return attributes;
  }

  #close(): void {
    closeTag.lastIndex = this.#at;
    const found = closeTag.exec(this.#text);
    const opened = this.#open.pop();
    const isIt = found !== null && opened?.qualified === found[1];
    if (!isIt) this.#fail(`an end that closes nothing; open is ${opened?.qualified ?? 'nothing'}`);
    this.#at += found?.[0].length ?? 0;
  }

  #resolved(text: string): string {
    if (!text.includes('&')) return text;
    return text.replace(/&([^;&]{0,12};?)/g, (_whole, inside: string) => {
      const name = inside.slice(0, -1);
      const known = inside.endsWith(';') ? predefined[name] : undefined;
      if (known !== undefined) return known;
      const [, hex, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));$/.exec(inside) ?? [];
      const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN);
      const isSign = code >= 0x20 || code === 9 || code === 10 || code === 13;
      if (isSign && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) {
        return String.fromCodePoint(code);
      }
      return this.#fail('an entity that XML itself does not have');
    });
  }

  #lineNow(): number {
    // Each end is looked for once: many a bank writes its whole file as one line.
    while (this.#lineEnd >= 0 && this.#lineEnd < this.#at) {
      this.#line += 1;
      this.#lineEnd = this.#text.indexOf('\n', this.#lineEnd + 1);
    }
    return this.#line;
  }

  #fail(what: string): never {
    throw new XmlProblem(`line ${this.#lineNow()}: ${what}`);
  }
}

/** Those of the element around, unless this one declares some of its own. */
function namespacesOf(
  attributes: ReadonlyMap<string, string>,
  around: ReadonlyMap<string, string> | undefined,
): ReadonlyMap<string, string> {
  if (attributes.size === 0 && around !== undefined) return around;
  const own = [...attributes].filter(([key]) => key === 'xmlns' || key.startsWith('xmlns:'));
  if (own.length === 0 && around !== undefined) return around;
  const named = own.map(([key, value]) => [key.slice('xmlns:'.length), value] as const);
  return new Map([...(around ?? []), ...named]);
}
