// SQL of the merchants: their records and keys, and the payment that a refund belongs to.

import { assert } from '../base/assert.ts';
import { inTurn } from '../base/turns.ts';
import type { Database } from '../base/world.ts';
import { markConfiguration } from '../network/store.ts';
import { readPublicKey } from '../wire/signature.ts';
import { type Merchant, type MerchantKey, Merchants } from './merchant.ts';

/** A merchant with one public key (PEM or bare base64, RSA). */
export interface NewMerchant extends Merchant {
  readonly keyVersion: string;
  readonly publicKey: string;
}

/** All merchants as stored. */
export async function readMerchants(database: Database): Promise<Merchants> {
  const [merchants, keys] = await Promise.all([
    database.query<MerchantRow>('select * from merchants order by created_at, merchant_id'),
    database.query<KeyRow>(
      'select merchant_id, key_version, public_key from merchant_keys ' +
        'order by merchant_id, created_at, key_version',
    ),
  ]);
  return new Merchants(merchants.map(merchantFrom), keys.map(keyFrom));
}

/**
 * Adds a merchant, or replaces what is known of the one of that id; a key of a new version is added
 * to those it has. Rejects when its client id belongs to another merchant.
 */
export async function writeMerchant(
  database: Database,
  merchant: NewMerchant,
  now: number,
): Promise<void> {
  const { merchantId, store } = merchant;
  await inTurn(database, 'setup', (session) =>
    session.run([
      { text: 'begin', values: [] },
      {
        text:
          'insert into merchants (merchant_id, acquirer_id, name, client_id, notify_url, ' +
          'category_code, store_id, store_name, city, enabled, created_at) ' +
          'values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ' +
          'on conflict (merchant_id) do update set name = excluded.name, ' +
          'client_id = excluded.client_id, notify_url = excluded.notify_url, ' +
          'category_code = excluded.category_code, store_id = excluded.store_id, ' +
          'store_name = excluded.store_name, city = excluded.city, enabled = excluded.enabled',
        values: [
          merchantId,
          merchant.acquirerId,
          merchant.name,
          merchant.clientId,
          merchant.notifyUrl,
          merchant.categoryCode,
          store.storeId,
          store.name,
          store.city,
          merchant.enabled,
          now,
        ],
      },
      {
        text:
          'insert into merchant_keys (merchant_id, key_version, public_key, created_at) ' +
          'values ($1, $2, $3, $4) on conflict (merchant_id, key_version) ' +
          'do update set public_key = excluded.public_key',
        values: [merchantId, merchant.keyVersion, merchant.publicKey, now],
      },
      markConfiguration(`merchant ${merchantId} ${merchant.clientId} ${now}`),
      { text: 'commit', values: [] },
    ]),
  );
}

/** The number of the payment that a refund is of. */
export async function paymentOfRefund(
  database: Database,
  refundNumber: number,
): Promise<number | undefined> {
  const rows = await database.query<{ payment_number: string }>(
    'select payment_number from refunds where refund_number = $1',
    [refundNumber],
  );
  return rows[0] === undefined ? undefined : Number(rows[0].payment_number);
}

interface MerchantRow {
  merchant_id: string;
  acquirer_id: string;
  name: string;
  client_id: string;
  notify_url: string | null;
  category_code: string | null;
  store_id: string;
  store_name: string;
  city: string | null;
  enabled: boolean;
}

function merchantFrom(row: MerchantRow): Merchant {
  return {
    merchantId: row.merchant_id,
    acquirerId: row.acquirer_id,
    name: row.name,
    clientId: row.client_id,
    notifyUrl: row.notify_url,
    categoryCode: row.category_code,
    store: { storeId: row.store_id, name: row.store_name, city: row.city },
    enabled: row.enabled,
  };
}

interface KeyRow {
  merchant_id: string;
  key_version: string;
  public_key: string;
}

function keyFrom(row: KeyRow): MerchantKey {
  const key = readPublicKey(row.public_key);
  assert(key !== undefined, `the stored key of merchant ${row.merchant_id} cannot be read`);
  return {
    merchantId: row.merchant_id,
    keyVersion: row.key_version,
    algorithm: 'RSA256',
    key,
  };
}
