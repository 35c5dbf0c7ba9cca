// The network's time is heard from answers, and a small difference is no reason to jump.
import { expect, test } from 'vitest';
import { hearNetworkTime, networkNow } from './network-time.ts';

test('what an answer says is believed, but for the time that it took', () => {
  const here = Date.UTC(2026, 10, 21, 4, 0, 0);
  expect(networkNow(here)).toBe(here);
  hearNetworkTime('2026-11-21T12:00:01.000+08:00', here);
  expect(networkNow(here)).toBe(here);
  hearNetworkTime('2026-11-22T12:00:00.000+08:00', here);
  expect(networkNow(here)).toBe(here + 86_400_000);
  hearNetworkTime('soon', here);
  hearNetworkTime(null, here);
  expect(networkNow(here)).toBe(here + 86_400_000);
  hearNetworkTime('2026-11-21T12:00:00.000+08:00', here);
});
