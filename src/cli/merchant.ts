// `wayfare merchant`: lets a merchant sell through an acquirer of the network's own.

import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { Database } from '../base/world.ts';
import { isMerchantId, type Merchant } from '../merchants/merchant.ts';
import { readMerchants, writeMerchant } from '../merchants/store.ts';
import { writeParticipant } from '../network/participantStore.ts';
import { readDirectory } from '../network/store.ts';
import { algorithmOf, generateKeys, readPublicKey } from '../wire/signature.ts';
import { aCurrency, aRegion } from './arguments.ts';
import { networkNow } from './clock.ts';
import { openHubKeys } from './hubKeys.ts';
import { defaultTerms } from './terms.ts';
import { withDatabase } from './withDatabase.ts';

/** The acquirer that merchants get unless another one is named. */
const usualAcquirer = 'WAYFARE_ACQUIRING';

interface AddOptions {
  readonly id: string;
  readonly name?: string;
  readonly publicKey: string;
  readonly clientId?: string;
  readonly keyVersion: string;
  readonly acquirer: string;
  readonly currency?: string;
  readonly market: string;
  readonly notifyUrl?: string;
  readonly categoryCode?: string;
  readonly storeId?: string;
  readonly storeName?: string;
  readonly city?: string;
  readonly disabled?: true;
  readonly json?: true;
}

export function merchantCommand(): Command {
  return new Command('merchant')
    .description("the merchants of the network's own acquirers")
    .addCommand(addCommand())
    .addCommand(listCommand());
}

function addCommand(): Command {
  return new Command('add')
    .description('let a merchant sell; for one that does, change only what is said')
    .requiredOption('--id <id>', 'its merchant id, which begins its payments in the console', anId)
    .requiredOption('--public-key <file>', 'its RSA public key: PEM or bare base64')
    .option('--name <name>', 'its name as visitors read it; default: its id')
    .option('--client-id <id>', 'its Client-Id header; default: its id', anId)
    .option('--key-version <version>', 'the version of the key', '1')
    .option('--acquirer <id>', 'the acquirer of ours; made where it is not there', usualAcquirer)
    .option(
      '--currency <code>',
      'of its orders and settlement; default: the acquirer, else CNY',
      aCurrency,
    )
    .option('--market <region>', 'its country or region, two letters', aRegion, 'CN')
    .option('--notify-url <url>', 'where it is told of payments that name no address', aUrl)
    .option('--category-code <mcc>', 'its trade: four digits of ISO 18245', aCategory)
    .option('--store-id <id>', 'its usual store; default: its id', anId)
    .option('--store-name <name>', 'the name of the store; default: its own name')
    .option('--city <city>', 'the city of the store')
    .option('--disabled', 'write it down without letting it call')
    .option('--json', 'one JSON object instead of text')
    .action(async (options: AddOptions) => {
      const publicKey = readFileSync(options.publicKey, 'utf8').trim();
      const key = readPublicKey(publicKey);
      if (key === undefined || algorithmOf(key) !== 'RSA256') {
        throw new Error(`${options.publicKey} holds no RSA public key of 2048 to 4096 bits`);
      }
      const added = await withDatabase(async (database, home) => {
        const now = await networkNow(database);
        const known = (await readMerchants(database)).byId(options.id);
        const merchant = merchantOf(options, known);
        await ensureAcquirer(database, options, merchant.acquirerId, now);
        const { keyVersion } = options;
        await writeMerchant(database, { ...merchant, keyVersion, publicKey }, now);
        return addedView(merchant, openHubKeys(home).key('RSA256'));
      });
      process.stdout.write(options.json ? `${JSON.stringify(added)}\n` : written(added));
    });
}

/** What is not said stays as it was. */
function merchantOf(options: AddOptions, known: Merchant | undefined): Merchant {
  const name = options.name ?? known?.name ?? options.id;
  return {
    merchantId: options.id,
    // A merchant's payments are its acquirer's: it keeps the one it began with.
    acquirerId: known?.acquirerId ?? options.acquirer,
    name,
    clientId: options.clientId ?? known?.clientId ?? options.id,
    notifyUrl: options.notifyUrl ?? known?.notifyUrl ?? null,
    categoryCode: options.categoryCode ?? known?.categoryCode ?? null,
    store: {
      storeId: options.storeId ?? known?.store.storeId ?? options.id,
      name: options.storeName ?? known?.store.name ?? name,
      city: options.city ?? known?.store.city ?? null,
    },
    enabled: options.disabled !== true,
  };
}

/**
 * Our own acquirer is a participant like any other, except that nobody can sign as it: the private
 * half of its key is thrown away, and its notices go to its merchants.
 */
async function ensureAcquirer(
  database: Database,
  options: AddOptions,
  acquirerId: string,
  now: number,
): Promise<void> {
  const known = (await readDirectory(database)).byId(acquirerId);
  const { market, currency = known?.currency ?? 'CNY' } = options;
  if (known === undefined) {
    const { publicKeyPem } = generateKeys('ES256');
    await writeParticipant(
      database,
      {
        ...defaultTerms('acquirer'),
        participantId: acquirerId,
        role: 'acquirer',
        name: acquirerId === usualAcquirer ? 'Wayfare Acquiring' : acquirerId,
        clientId: acquirerId,
        market,
        currency,
        orderCurrencies: [currency],
        endpoint: '',
        enabled: true,
        cap: null,
        algorithm: 'ES256',
        keyVersion: '1',
        publicKey: publicKeyPem,
      },
      now,
    );
  } else if (known.role !== 'acquirer' || known.endpoint !== '') {
    throw new Error(`${acquirerId} is a partner with an endpoint, no acquirer of ours`);
  } else if (known.currency !== currency) {
    throw new Error(
      `${acquirerId} settles in ${known.currency}: name another --acquirer for ${currency}`,
    );
  }
}

function addedView(merchant: Merchant, hubKey: ReturnType<ReturnType<typeof openHubKeys>['key']>) {
  const { merchantId, clientId, acquirerId, name, notifyUrl } = merchant;
  const spki = createPublicKey(hubKey).export({ type: 'spki', format: 'der' });
  return {
    merchantId,
    clientId,
    acquirerId,
    name,
    notifyUrl,
    // As the SDKs take it: SPKI in base64, without PEM armour.
    hubPublicKey: spki.toString('base64'),
  };
}

function written(added: ReturnType<typeof addedView>): string {
  return [
    `${added.name} (${added.merchantId}) sells through ${added.acquirerId}.`,
    `It signs with RSA256 as Client-Id ${added.clientId}, under /ams/api/v1/payments/.`,
    `It verifies the network's messages with this key, as SDKs take it:`,
    added.hubPublicKey,
    '',
  ].join('\n');
}

function listCommand(): Command {
  return new Command('list')
    .description('who sells through acquirers of ours')
    .option('--json', 'one JSON object a line instead of text')
    .action(async (options: { json?: true }) => {
      const { all } = await withDatabase((database) => readMerchants(database));
      for (const { merchantId, acquirerId, name, clientId, notifyUrl, enabled } of all) {
        const view = { merchantId, acquirerId, name, clientId, notifyUrl, enabled };
        const line = options.json
          ? JSON.stringify(view)
          : `${merchantId.padEnd(20)}${acquirerId.padEnd(20)}${name}`;
        process.stdout.write(`${line}\n`);
      }
    });
}

function anId(text: string): string {
  if (isMerchantId(text)) return text;
  throw new InvalidArgumentError('1 to 64 letters, digits, dots, dashes, underscores');
}

function aUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('an http or https address');
}

function aCategory(text: string): string {
  if (/^[0-9]{4}$/.test(text)) return text;
  throw new InvalidArgumentError('four digits, as 5812');
}
