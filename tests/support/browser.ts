// A real browser for tests: Chromium from a package on Linux, an installed Chrome elsewhere.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Browser,
  type BrowserContext,
  type BrowserServer,
  chromium,
  type LaunchOptions,
  type Page,
} from 'playwright-core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Sizes of a page, in CSS pixels: a phone held upright, and a laptop. */
export const pageSizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1440, height: 900 },
} as const;

export type PageSize = keyof typeof pageSizes;

/** The browser runs as root in containers, without a screen, and must not call its maker. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--font-render-hinting=none',
];

/** A program and the environment that it needs to run here. */
interface Program {
  readonly executablePath?: string;
  readonly channel?: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Starts a browser with an empty profile; the caller closes it. `flags` are added, for example
 * those of a pretended camera.
 */
export function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return started((options) => chromium.launch(options), flags);
}

/** Starts a browser that several processes share: see tests/setup/browser.ts. */
export function serveBrowser(): Promise<BrowserServer> {
  return started((options) => chromium.launchServer(options), []);
}

async function started<T>(
  start: (options: LaunchOptions) => Promise<T>,
  flags: readonly string[],
): Promise<T> {
  const { environment, ...program } = findProgram();
  try {
    return await start({
      ...program,
      headless: true,
      timeout: 100_000,
      args: [...FLAGS, ...flags],
      env: { ...process.env, ...environment } as Record<string, string>,
    });
  } catch (error) {
    throw new Error(
      'No browser could be started for the tests. On Linux x64 `npm ci` brings one along ' +
        '(without --omit=optional); elsewhere install Google Chrome, or name a Chromium with ' +
        'WAYFARE_BROWSER=/path/to/it.',
      { cause: error },
    );
  }
}

/** A page of its own, with nothing remembered, and what went wrong on it so far. */
export interface TestPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Uncaught exceptions and console errors, oldest first. */
  readonly problems: readonly string[];
}

/** Opens a page of that size; phones have touch and a finer screen. */
export async function openPage(
  browser: Browser,
  size: PageSize,
  options: { readonly locale?: string } = {},
): Promise<TestPage> {
  const phone = size === 'phone';
  const context = await browser.newContext({
    viewport: pageSizes[size],
    hasTouch: phone,
    isMobile: phone,
    deviceScaleFactor: phone ? 2 : 1,
    locale: options.locale ?? 'en-US',
    timezoneId: 'Asia/Shanghai',
    // What moves for ever is drawn for ever, and nobody looks at it.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return { page, context, problems };
}

function findProgram(): Program {
  const named = process.env.WAYFARE_BROWSER;
  if (named) return { executablePath: named, environment: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { channel: 'chrome', environment: {} };
  }
  const directory = unpackedChromium();
  const executablePath = path.join(directory, 'chromium');
  const environment = { FONTCONFIG_FILE: path.join(directory, 'wayfare-fonts.conf') };
  // A bare machine lacks a few libraries, which the package has for another Linux of its age.
  const runs = spawnSync(executablePath, ['--version'], { stdio: 'ignore' }).status === 0;
  if (runs) return { executablePath, environment };
  const libraries = path.join(directory, 'al2023', 'lib');
  return { executablePath, environment: { ...environment, LD_LIBRARY_PATH: libraries } };
}

/**
 * The package holds the browser compressed. It is unpacked once, beside the package when that can
 * be written to, under another name until it is complete.
 */
function unpackedChromium(): string {
  const manifest = path.join(ROOT, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  const { version } = createRequire(import.meta.url)(manifest) as { version: string };
  const parent = writableCache();
  const directory = path.join(parent, `chromium-${version}`);
  if (existsSync(directory)) return directory;
  const draft = mkdtempSync(path.join(parent, 'chromium-unfinished-'));
  const script = "await (await import('@sparticuz/chromium')).default.executablePath();";
  const unpacked = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: ROOT,
    // It unpacks into the directory for temporary files; the libraries only in such a place.
    env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    encoding: 'utf8',
  });
  if (unpacked.status !== 0) throw new Error(`Chromium was not unpacked: ${unpacked.stderr}`);
  writeFileSync(
    path.join(draft, 'wayfare-fonts.conf'),
    fontsOnlyFrom(path.join(directory, 'fonts')),
  );
  try {
    renameSync(draft, directory);
  } catch (error) {
    // Another test process was faster.
    if (!existsSync(directory)) throw error;
    rmSync(draft, { recursive: true });
  }
  return directory;
}

function writableCache(): string {
  const beside = path.join(ROOT, 'node_modules', '.cache', 'wayfare');
  try {
    mkdirSync(beside, { recursive: true });
    rmSync(mkdtempSync(path.join(beside, 'try-')), { recursive: true });
    return beside;
  } catch {
    // Installed by somebody else: a directory that belongs to this user alone.
    const own = path.join(tmpdir(), `wayfare-browser-${process.getuid?.() ?? 0}`);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    return own;
  }
}

/** The same fonts on every machine, none of them Chinese: pages have to bring what they show. */
function fontsOnlyFrom(directory: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${directory}</dir>
  <cachedir>${directory}-cache</cachedir>
</fontconfig>
`;
}
