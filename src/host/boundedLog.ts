// A log file that another process writes into, kept from growing for ever.
import {
  chmodSync,
  closeSync,
  copyFileSync,
  fstatSync,
  openSync,
  readFileSync,
  truncateSync,
} from 'node:fs';

/** Size at which the file is put aside; with its copy, twice this and ten minutes' worth. */
const LIMIT_BYTES = 8 * 1024 * 1024;
const CHECK_INTERVAL_MS = 10 * 60_000;

/** An open log: hand `descriptor` to the process that writes. */
export interface BoundedLog {
  readonly descriptor: number;
  /** The last lines, for an error message. */
  tail(): string;
  close(): void;
}

/** Opens `file` for appending, readable by its owner only. The older half is kept as `<file>.1`. */
export function openBoundedLog(file: string): BoundedLog {
  // Opened for appending, so that the writer goes on at the start after the file was emptied.
  const descriptor = openSync(file, 'a', 0o600);
  const check = () => {
    if (fstatSync(descriptor).size < LIMIT_BYTES) return;
    copyFileSync(file, `${file}.1`);
    chmodSync(`${file}.1`, 0o600);
    truncateSync(file);
  };
  check();
  const timer = setInterval(check, CHECK_INTERVAL_MS).unref();
  return {
    descriptor,
    tail: () => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n'),
    close: () => {
      clearInterval(timer);
      closeSync(descriptor);
    },
  };
}
