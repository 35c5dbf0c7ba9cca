// How the embedded Postgres is tuned: every setting that differs from the default, with its reason.
import { totalmem } from 'node:os';

/** Sessions at most: lanes and pools of a few hub processes, and commands; each costs memory. */
const MAX_CONNECTIONS = 100;

/** Where Postgres listens: a socket directory, or a port of 127.0.0.1. */
export interface Listening {
  /** Directory of the Unix socket; empty if TCP is used. */
  readonly socketDirectory: string;
  /** Port of 127.0.0.1, or the number in the socket's name. */
  readonly port: number;
}

/** Settings as Postgres names them. Later ones, given by the caller, win. */
export function postgresSettings(
  listening: Listening,
  overrides: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    // Nobody outside this machine: the socket only, or loopback where a socket cannot be used.
    listen_addresses: listening.socketDirectory === '' ? '127.0.0.1' : '',
    port: String(listening.port),
    unix_socket_directories: listening.socketDirectory,
    // The owner's user (and root) only; the password is asked for all the same.
    unix_socket_permissions: '0700',
    max_connections: String(MAX_CONNECTIONS),

    // An answer is given after the commit is on disk, never before: money must survive power loss.
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',

    // No standby and no archive read this log, so the bulk of it need not be written.
    wal_level: 'minimal',
    max_wal_senders: '0',
    // Full pages after a checkpoint are most of the log; cheap compression shortens every commit.
    wal_compression: 'pglz',
    // Room for a quarter of an hour of full load between checkpoints, so that they come by the
    // clock, spread out, and do not show in the tail of the answer times.
    max_wal_size: '4GB',
    min_wal_size: '256MB',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',
    // A group commit of many kilobytes fits without an early write.
    wal_buffers: '16MB',

    // Hot rows (positions, latest payments) stay in memory; the rest is the system's page cache.
    shared_buffers: totalmem() < 2 * 1024 ** 3 ? '64MB' : '256MB',
    // A bare machine reserves no huge pages; asking for them only fails at start.
    huge_pages: 'off',
    // Every statement is short: compiling it or splitting it over workers costs more than it saves.
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    // Pages of a local SSD cost about the same in any order.
    random_page_cost: '1.1',

    // Housekeeping goes on all the time, but beside the payments: unbounded it took a fifth of two
    // cores. Look-ups do not need statistics (decision 0003), so small samples, seldom, are enough;
    // changed payment rows are cleaned page by page as they are written again.
    autovacuum: 'on',
    autovacuum_max_workers: '1',
    autovacuum_vacuum_cost_delay: '10ms',
    autovacuum_vacuum_insert_scale_factor: '1',
    autovacuum_analyze_scale_factor: '1',
    default_statistics_target: '20',

    // The hub passes every time itself; the server's own zone must not matter.
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The log tells of trouble, never of data: no statement and no parameter is written into it.
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
    ...overrides,
  };
}
