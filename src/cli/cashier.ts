// `wayfare partner cashier`: where a wallet takes over customers of online shops.

import { Command } from 'commander';
import { writeCashier } from '../network/cashierStore.ts';
import { readDirectory } from '../network/store.ts';
import { withDatabase } from './withDatabase.ts';

interface CashierOptions {
  readonly id: string;
  readonly normalUrl: string;
  readonly schemeUrl?: string;
  readonly applinkUrl?: string;
  readonly appIdentifier?: string;
  readonly logoUrl?: string;
  readonly scansCodes?: true;
}

/** The command; a wallet without a cashier is not offered to online shops. */
export function cashierCommand(): Command {
  return new Command('cashier')
    .description('says where a wallet takes over customers of online shops')
    .requiredOption('--id <id>', 'the wallet')
    .requiredOption('--normal-url <url>', 'its page; codeValue is appended')
    .option('--scheme-url <url>', 'its app by a scheme of its own, as tng://pay')
    .option('--applink-url <url>', 'its app by a universal link')
    .option('--app-identifier <id>', 'its app, as a phone names it')
    .option('--logo-url <url>', 'its logo, for pages that offer it')
    .option('--scans-codes', 'its customers can scan the code on a desktop')
    .action((options: CashierOptions) => withDatabase((database) => write(database, options)));
}

async function write(
  database: Parameters<typeof writeCashier>[0],
  options: CashierOptions,
): Promise<void> {
  const directory = await readDirectory(database);
  if (directory.byId(options.id)?.role !== 'wallet') {
    throw new Error(`${options.id} is no wallet of this network`);
  }
  for (const address of [options.normalUrl, options.schemeUrl, options.applinkUrl]) {
    if (address !== undefined && !URL.canParse(address)) {
      throw new Error(`${address} is no address`);
    }
  }
  const cashier = {
    participantId: options.id,
    normalUrl: options.normalUrl,
    schemeUrl: options.schemeUrl ?? null,
    applinkUrl: options.applinkUrl ?? null,
    appIdentifier: options.appIdentifier ?? null,
    logoUrl: options.logoUrl ?? null,
    scansCodes: options.scansCodes === true,
  };
  await writeCashier(database, cashier, Date.now());
  process.stdout.write(`Online shops can send customers to ${options.id} now.\n`);
}
