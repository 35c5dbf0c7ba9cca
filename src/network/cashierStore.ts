// SQL of the wallets' cashiers: where each takes over a customer of a merchant's page or app.

import { inTurn } from '../base/turns.ts';
import type { Database } from '../base/world.ts';
import type { Cashier } from './participant.ts';
import { markConfiguration } from './store.ts';

/** Writes down, or replaces, where a wallet of the network takes customers over. */
export async function writeCashier(
  database: Database,
  cashier: Cashier,
  now: number,
): Promise<void> {
  await inTurn(database, 'setup', (session) =>
    session.run([
      {
        text:
          'insert into wallet_cashiers (participant_id, normal_url, scheme_url, applink_url, ' +
          'app_identifier, logo_url, scans_codes) values ($1, $2, $3, $4, $5, $6, $7) ' +
          'on conflict (participant_id) do update set normal_url = excluded.normal_url, ' +
          'scheme_url = excluded.scheme_url, applink_url = excluded.applink_url, ' +
          'app_identifier = excluded.app_identifier, logo_url = excluded.logo_url, ' +
          'scans_codes = excluded.scans_codes',
        values: [
          cashier.participantId,
          cashier.normalUrl,
          cashier.schemeUrl,
          cashier.applinkUrl,
          cashier.appIdentifier,
          cashier.logoUrl,
          cashier.scansCodes,
        ],
      },
      markConfiguration(`cashier ${cashier.participantId} ${now}`),
    ]),
  );
}
