// Reading what people see of caps: outside every lane, and beside the money's way.

import type { Database } from '../base/world.ts';
import { readChanges, readStandings } from './store.ts';
import { alertView, capsView, changeView, historyView, walletView } from './view.ts';
import { readAlerts, readLevelsInForce, readOpenLevels, readSamples } from './watchStore.ts';

const changesShown = 50;
const alertsShown = 100;

/** Everything that `capsView` shows, as it is now. */
export async function readCaps(database: Database) {
  const [standings, levels, open, changes, alerts] = await Promise.all([
    readStandings(database),
    readLevelsInForce(database),
    readOpenLevels(database),
    readChanges(database, changesShown),
    readAlerts(database, alertsShown),
  ]);
  return capsView({ standings, levels, open, changes, alerts });
}

/** The same of one wallet, for itself; undefined for who is none. */
export async function readCapsOf(database: Database, participantId: string) {
  const standings = await readStandings(database);
  const standing = standings.find((each) => each.participantId === participantId);
  if (standing === undefined) return undefined;
  const [levels, changes, alerts] = await Promise.all([
    readLevelsInForce(database),
    readChanges(database, changesShown, participantId),
    readAlerts(database, alertsShown, standing.accountId),
  ]);
  const open = alerts.filter(({ easedAt }) => easedAt === null).map(({ level }) => level);
  return {
    ...walletView(standing, levels.own.get(participantId) ?? levels.usual, open),
    changes: changes.map((change) => changeView(change, standings)),
    alerts: alerts.map((alert) => alertView(alert, standing)),
  };
}

/** How a wallet stood between two times; undefined for who is none. */
export async function readCapHistory(
  database: Database,
  participantId: string,
  span: { readonly from: number; readonly to: number },
) {
  const standings = await readStandings(database);
  const standing = standings.find((each) => each.participantId === participantId);
  if (standing === undefined) return undefined;
  return historyView(standing, await readSamples(database, standing.accountId, span.from), span);
}
