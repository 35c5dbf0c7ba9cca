// Postgres refuses to run as root, so a hub started by root runs it as an ordinary user.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** How a program is started so that Postgres accepts its user. */
export interface RunAs {
  /** The user that must own the data; undefined when the hub is not root. */
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined;
  /** For `spawn`: the user of the new process. */
  readonly spawnOptions: { readonly uid?: number; readonly gid?: number };
  /** Words to put before the command. */
  readonly prefix: readonly string[];
}

/** What the user must be able to run, and the directory that it must be able to write to. */
export interface Reachable {
  readonly executable: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Users in order of preference; the first that exists is taken. */
const PREFERRED_USERS = ['postgres', 'nobody'];

/** The user who owns the data already, else an unprivileged one of this machine. */
export function unprivilegedOwner(dataDirectory: string): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = statSync(dataDirectory, { throwIfNoEntry: false });
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  const users = passwordFile();
  for (const name of PREFERRED_USERS) {
    const user = users.find((entry) => entry.name === name);
    if (user && user.uid !== 0) return { uid: user.uid, gid: user.gid };
  }
  // The number that every system gives to nobody.
  return { uid: 65534, gid: 65534 };
}

/**
 * Chooses the weakest way that works: as the present user; as `owner`; or as `owner` with the one
 * capability to pass through directories that are closed to it, such as root's own home.
 * Throws, naming the cure, if the owner cannot reach `paths` in any way.
 */
export function chooseRunAs(
  owner: { uid: number; gid: number } | undefined,
  paths: Reachable,
): RunAs {
  if (!owner) return { spawnOptions: {}, prefix: [] };
  const plain: RunAs = { owner, spawnOptions: owner, prefix: [] };
  if (canReach(plain, paths)) return plain;
  const capability = '+dac_override';
  const prefix = [
    'setpriv',
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    '--clear-groups',
    // Without it access(2), by which Postgres looks for its programs, ignores the capability.
    '--securebits=+no_setuid_fixup',
    `--inh-caps=${capability}`,
    `--ambient-caps=${capability}`,
    '--',
  ];
  const capable: RunAs = { owner, spawnOptions: {}, prefix };
  if (canReach(capable, paths)) return capable;
  throw new Error(
    `Postgres must not run as root, and the user ${owner.uid} that it would run as cannot reach ` +
      `${paths.executable} and ${paths.directory}. Any one of these cures it: start Wayfare as ` +
      'an ordinary user; move it out of a closed directory such as /root, its WAYFARE_HOME too; ' +
      'install setpriv (package util-linux); set DATABASE_URL to a Postgres of your own.',
  );
}

/** Really tries it: file modes alone do not tell what a container allows. */
function canReach(runAs: RunAs, paths: Reachable): boolean {
  const script = '"$1" --version >/dev/null && test -w "$2" && test -x "$2"';
  const words = [...runAs.prefix, '/bin/sh', '-c', script, 'sh', paths.executable, paths.directory];
  const [command = '', ...rest] = words;
  const tried = spawnSync(command, rest, {
    ...runAs.spawnOptions,
    // The present directory may be closed to that user.
    cwd: '/',
    env: { ...process.env, ...paths.environment },
    stdio: 'ignore',
  });
  return tried.status === 0;
}

function passwordFile(): { name: string; uid: number; gid: number }[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((user) => Number.isInteger(user.uid) && Number.isInteger(user.gid));
}
