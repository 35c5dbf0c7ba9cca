// `wayfare settle confirm --statement` and `wayfare settle account`: what the bank says.

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { readBankFile, type StatementReply } from '../reconciliation/bankCommands.ts';
import { readBankAccounts, writeBankAccount } from '../reconciliation/bankStore.ts';
import { mostXmlBytes } from '../reconciliation/xmlReader.ts';
import { aCurrency } from './arguments.ts';
import { say } from './output.ts';
import { withWorld } from './settleWorld.ts';

/** Reads a file of the bank, and prints what became of each statement in it. */
export async function readStatement(
  file: string,
  options: {
    readonly by: string;
    readonly finish: boolean;
    readonly json: true | undefined;
  },
): Promise<void> {
  const { by, finish, json } = options;
  if (statSync(file).size > mostXmlBytes)
    throw new Error(`${file}: larger than a statement may be`);
  const bytes = readFileSync(file);
  const reply = await withWorld((world) =>
    readBankFile(world, { fileName: path.basename(file), bytes, by, finish }),
  );
  if (reply.kind === 'unusable') throw new Error(`${file}: ${reply.problem}`);
  if (json) {
    say(JSON.stringify({ statements: reply.statements.map(statementView) }));
  } else {
    for (const each of reply.statements) for (const line of wordsOf(each)) say(line);
  }
  if (reply.statements.some(isRefused)) process.exitCode = 1;
}

const isRefused = ({ kind }: StatementReply) =>
  kind === 'unknown_account' || kind === 'other_statement';

/** What became of a statement, for machines. */
function statementView(reply: StatementReply) {
  if (reply.kind === 'unknown_account' || reply.kind === 'other_statement') return reply;
  const { runId, lines, matched, found } = reply.run;
  const run = { kind: reply.kind, runId, lines, matched, found };
  if (reply.kind === 'repeated') return run;
  const { confirmed, known, notBooked } = reply;
  return { ...run, confirmed, known, notBooked };
}

function wordsOf(reply: StatementReply): string[] {
  switch (reply.kind) {
    case 'unknown_account': {
      const { account, currency } = reply;
      return [
        `The account ${account} in ${currency} is not the network's. If it is: ` +
          `wayfare settle account --currency ${currency} --account ${account} --by …`,
      ];
    }
    case 'other_statement':
      return [`The bank's statement ${reply.statementId} was read before, as ${reply.runId}.`];
    case 'repeated':
      return [`${reply.run.runId} has read this statement before: nothing is done.`];
    case 'read': {
      const { run, confirmed, known, notBooked } = reply;
      const kinds = Object.entries(run.found).map(([kind, count]) => `${kind} ${count}`);
      return [
        `${run.runId}: ${run.lines} lines, ${known} known before, ${notBooked} not booked yet`,
        `Confirmed: ${confirmed.length === 0 ? 'nothing' : confirmed.join(' ')}`,
        kinds.length === 0
          ? 'No breaks.'
          : `Breaks: ${kinds.join(', ')} (wayfare reconcile breaks)`,
      ];
    }
  }
}

interface AccountOptions {
  readonly currency?: string;
  readonly account?: string;
  readonly by: string;
  readonly json?: true;
}

export function accountCommand(): Command {
  return new Command('account')
    .description("the network's own accounts at its banks; without options they are listed")
    .option('--currency <code>', 'the currency of an account to add', aCurrency)
    .option('--account <number>', "IBAN, or the bank's other number as statements name it", aNumber)
    .option('--by <person>', 'who adds it', 'operator')
    .option('--json', 'one JSON object instead of text')
    .action(async ({ currency, account, by, json }: AccountOptions) => {
      const accounts = await withWorld(async ({ database, clock }) => {
        if (currency !== undefined && account !== undefined) {
          await writeBankAccount(database, { currency, account }, by, clock.now());
        } else if (currency !== undefined || account !== undefined) {
          throw new Error('an account has both --currency and --account');
        }
        return readBankAccounts(database);
      });
      if (json) return say(JSON.stringify({ accounts }));
      if (accounts.length === 0) say('No account of the network is known.');
      for (const each of accounts) say(`${each.currency}  ${each.account}`);
    });
}

function aNumber(text: string): string {
  if (!/^[\x21-\x7e]{1,34}$/.test(text)) throw new InvalidArgumentError('1 to 34 signs, no space');
  return text;
}
