// The machine's clock and chance, and the lock of a home.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HomeInUse, homeDirectory, homePaths, lockHome } from '../../src/host/home.ts';
import { realClock, realRandom } from '../../src/host/world.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'wayfare-home-'));
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(directory, { recursive: true, force: true });
});

test('digits are digits, each about as often as the others', () => {
  const text = realRandom.digits(100_000);
  expect(text).toMatch(/^\d{100000}$/);
  for (const digit of '0123456789') {
    const share = text.split(digit).length - 1;
    // Seven standard deviations: a fair source fails this once in a hundred thousand million runs.
    expect(Math.abs(share - 10_000)).toBeLessThan(7 * 95);
  }
  expect(realRandom.digits(0)).toBe('');
  expect(realRandom.bytes(16)).toHaveLength(16);
  expect(realRandom.bytes(16)).not.toEqual(realRandom.bytes(16));
});

test('a task runs once after its delay, however long, unless it is cancelled', () => {
  vi.useFakeTimers();
  const day = 24 * 60 * 60 * 1000;
  const task = vi.fn();
  const cancelled = vi.fn();
  realClock.after(60 * day, task);
  realClock.after(60 * day, cancelled);
  const cancel = realClock.after(60 * day, cancelled);
  vi.advanceTimersByTime(59 * day);
  expect(task).not.toHaveBeenCalled();
  cancel();
  vi.advanceTimersByTime(2 * day);
  expect(task).toHaveBeenCalledTimes(1);
  expect(cancelled).toHaveBeenCalledTimes(1);
});

test('the home comes from the environment, else from the working directory', () => {
  expect(homeDirectory({ WAYFARE_HOME: '/srv/hub' })).toBe('/srv/hub');
  expect(homeDirectory({})).toBe(path.resolve('.wayfare'));
});

test('a home has one owner at a time', () => {
  const unlock = lockHome(directory);
  expect(() => lockHome(directory)).toThrow(HomeInUse);
  expect(() => lockHome(directory)).toThrow(`process ${process.pid}`);
  unlock();
  lockHome(directory)();
});

test('the lock of a process that is gone, or of another with its number, is taken over', () => {
  const { lockFile } = homePaths(directory);
  lockHome(directory)();
  for (const stale of [
    { pid: 2 ** 22 + 5, identity: 'boot/1', token: 'old' },
    { pid: process.pid, identity: 'an earlier process with this number', token: 'old' },
  ]) {
    writeFileSync(lockFile, JSON.stringify(stale));
    const unlock = lockHome(directory);
    expect(JSON.parse(readFileSync(lockFile, 'utf8'))).toMatchObject({ pid: process.pid });
    unlock();
  }
  writeFileSync(lockFile, 'half written');
  lockHome(directory)();
});
