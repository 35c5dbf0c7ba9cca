// The bank's statements over HTTP: the network's accounts at its banks, and a file that is read.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../base/world.ts';
import { isCurrency } from '../../money/currency.ts';
import { readBankFile, type StatementReply } from '../../reconciliation/bankCommands.ts';
import { readBankAccounts, writeBankAccount } from '../../reconciliation/bankStore.ts';
import { readReasons } from '../../reconciliation/reasons.ts';
import { mostXmlBytes } from '../../reconciliation/xmlReader.ts';
import type { Hub } from '../hub.ts';
import { illegal, refusal } from '../refusal.ts';

const aPerson = z.string().trim().min(1).max(64);

const fileBody = z.strictObject({
  by: aPerson,
  fileName: z.string().min(1).max(200),
  /** The file itself: XML in UTF-8. */
  text: z.string().min(1),
});

const accountBody = z.strictObject({
  by: aPerson,
  currency: z.string().refine(isCurrency, 'must be a currency, as CNY'),
  account: z.string().regex(/^[\x21-\x7e]{1,34}$/, 'must be 1 to 34 signs, no space'),
});

/** Everything under `/console/api/settlement/bank`. */
export function statementRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  const path = '/console/api/settlement/bank';

  server.get(path, async () => ({ accounts: await readBankAccounts(database) }));

  server.post(`${path}/accounts`, async (request, reply) => {
    const body = accountBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const { by, ...account } = body.data;
    await writeBankAccount(database, account, by, hub.now());
    return { accounts: await readBankAccounts(database) };
  });

  // As JSON a sign of the file may take two bytes.
  const bodyLimit = 2 * mostXmlBytes;
  server.post(`${path}/statements`, { bodyLimit }, async (request, reply) => {
    const body = fileBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const { by, fileName, text } = body.data;
    const { lanes } = hub.configuration.rules();
    const world = { database, lanes, clock: { now: () => hub.now() } };
    const bytes = Buffer.from(text);
    const read = await readBankFile(world, { by, fileName, bytes, finish: false });
    if (read.kind === 'unusable') {
      const { error } = refusal('UNREADABLE_STATEMENT', read.problem);
      const reasons = readReasons(read.problem);
      return reply.code(400).send({ error: { ...error, reasons } });
    }
    return { statements: read.statements.map(statementView) };
  });
}

function statementView(reply: StatementReply) {
  if (reply.kind === 'unknown_account' || reply.kind === 'other_statement') return reply;
  const { runId, lines, matched, found } = reply.run;
  const confirmed = reply.kind === 'read' ? reply.confirmed : [];
  return { kind: reply.kind, runId, lines, matched, found, confirmed };
}
