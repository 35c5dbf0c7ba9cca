// Judges ISO 20022 messages by their schemas, which are third-party data beside the project.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { validateXML } from 'xmllint-wasm';
import type { FileKind } from '../../src/files/settlementFile.ts';
import { ROOT } from '../support/sources.ts';
import { textOf } from './filing.ts';

const schemas: Partial<Record<FileKind, string>> = {
  camt053: 'camt.053.001.08.xsd',
  camt054: 'camt.054.001.08.xsd',
  pacs009: 'pacs.009.001.09.xsd',
};

const directory = path.join(ROOT, '../shared/data/iso20022');

/** What is wrong with a message; where the schemas are absent that is said, and nothing is. */
export async function isoProblems(kind: FileKind, text: string): Promise<readonly string[]> {
  const schema = schemas[kind];
  if (schema === undefined) return [`${kind} is no message`];
  if (!existsSync(directory)) {
    process.stderr.write(`${schema} is not here: the message is not checked by it\n`);
    return [];
  }
  const contents = await textOf(path.join(directory, schema));
  const judged = await validateXML({
    xml: [{ fileName: 'message.xml', contents: text }],
    schema: [{ fileName: schema, contents }],
  });
  return judged.errors.map(({ message }) => message);
}
