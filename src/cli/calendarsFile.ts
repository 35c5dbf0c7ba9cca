// The file in which earlier versions were told bank holidays: it is not read any more.

import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Throws where a home still has `calendars.json`, or WAYFARE_CALENDARS is set: passed over in
 * silence, money would move on days on which its operator knows the banks closed.
 */
export function refuseCalendarsFile(
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const file = path.join(home, 'calendars.json');
  const named = environment.WAYFARE_CALENDARS;
  if (!named && !existsSync(file)) return;
  const [what, away] = named
    ? [`WAYFARE_CALENDARS (${named})`, 'unset WAYFARE_CALENDARS']
    : [file, `remove ${file}`];
  throw new Error(
    `${what} is not read any more: ${away}, then load each market and year with ` +
      '`wayfare calendar load` (docs/guides/settlement.md, "Working days")',
  );
}
