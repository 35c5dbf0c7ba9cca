// Case 25 of the acceptance cases (protocol.md §9.3): the same version keeps what is kept; without
// the network the wallet goes by what it remembers, and at first by what it was born with.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CodeRule } from '../codes/codeRule.ts';
import { identify } from '../codes/identify.ts';
import { writePaymentCode } from '../codes/paymentCode.ts';
import { presetRules } from '../codes/presetRules.ts';
import { publishRules } from '../codes/readCodeRules.ts';
import { realClock } from '../host/world.ts';
import { createCodeRulesDesk, usualCodeRulesTimes } from './code-rules-commands.ts';
import { createCodeRulesStore } from './code-rules-store.ts';
import { openSandboxDatabase } from './database-store.ts';
import { startPair, until } from './hub.fixture.ts';
import type { HubLink, HubReply } from './hub-link.ts';
import { sandboxWallets } from './partners.ts';

const wechat = 'weixin://wxpay/1';
const minute = 60_000;
const success = { resultCode: 'SUCCESS', resultStatus: 'S' };
/** Rules under which WeChat's orders can be paid: a change that is easy to see. */
const opened = publishRules(
  presetRules.map((rule): CodeRule => {
    return rule.id === 'wechat-order-code' ? { ...rule, wallets: 'all' } : rule;
  }),
);
const all = { result: success, version: opened.version, codeRules: opened.messages };

let home: string;
let database: ReturnType<typeof openSandboxDatabase>;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'wayfare-rules-'));
  database = openSandboxDatabase(home);
});
afterEach(() => {
  database.close();
  rmSync(home, { recursive: true, force: true });
});

/** A wallet's desk with a clock that is moved by hand and a hub that says what it is told. */
function world() {
  const state = { now: 1_000_000, answer: all as object | string, asked: [] as object[] };
  const failures: unknown[] = [];
  const link: Pick<HubLink, 'call'> = {
    async call(_partner, _api, body, schema) {
      state.asked.push(body);
      const { answer } = state;
      const reply: HubReply<never> =
        typeof answer === 'string'
          ? { kind: 'silent', problem: answer }
          : { kind: 'answered', answer: schema.parse(answer) as never };
      return reply;
    },
  };
  const open = () =>
    createCodeRulesDesk({
      store: createCodeRulesStore(database),
      link,
      clock: { ...realClock, now: () => state.now, after: () => () => {} },
      walletIds: ['TNG'],
      nudge: () => {},
      onFailure: (error) => failures.push(error),
    });
  let desk = open();
  return {
    state,
    failures,
    reopen() {
      desk = open();
    },
    async due() {
      desk.runDue(state.now);
      await new Promise((resolve) => setImmediate(resolve));
    },
    rules: () => desk.rulesOf('TNG'),
    nextInMs: () => (desk.nextWakeAt() ?? 0) - state.now,
    pays: () => identify(wechat, { rules: desk.rulesOf('TNG').set }).isSupported,
  };
}

describe('the rules of a wallet', () => {
  test('are those it was born with, until the network has answered', async () => {
    const it = world();
    expect(it.rules()).toMatchObject({ source: 'PRESET', version: null, problem: null });
    expect(it.pays()).toBe(false);
    await it.due();
    expect(it.state.asked).toEqual([{}]);
    expect(it.rules()).toMatchObject({ source: 'REMOTE', version: opened.version });
    expect(it.pays()).toBe(true);
    expect(it.nextInMs()).toBe(usualCodeRulesTimes.everyMs);
    expect(usualCodeRulesTimes.everyMs).toBeLessThanOrEqual(24 * 60 * minute);
  });

  test('are kept when the version is the same', async () => {
    const it = world();
    await it.due();
    const { set } = it.rules();
    it.state.now += 30 * minute;
    it.state.answer = { result: success, version: opened.version };
    await it.due();
    expect(it.state.asked[1]).toEqual({ version: opened.version });
    expect(it.rules()).toMatchObject({ source: 'REMOTE', fetchedAt: it.state.now });
    expect(it.rules().set).toBe(set);
  });

  test('are changed when the version is another', async () => {
    const it = world();
    await it.due();
    const published = publishRules(presetRules);
    it.state.answer = { ...all, version: published.version, codeRules: published.messages };
    it.state.now += 30 * minute;
    await it.due();
    expect(it.rules().version).toBe(published.version);
    expect(it.pays()).toBe(false);
  });

  test('are remembered over a restart while the network is down', async () => {
    const it = world();
    await it.due();
    it.state.answer = 'the network did not answer';
    it.reopen();
    expect(it.rules()).toMatchObject({ source: 'STORAGE', version: opened.version });
    await it.due();
    expect(it.rules()).toMatchObject({ source: 'STORAGE', problem: 'the network did not answer' });
    expect(it.pays()).toBe(true);
    expect(it.nextInMs()).toBe(usualCodeRulesTimes.afterErrorMs);
    it.state.now += 2 * minute;
    it.state.answer = all;
    await it.due();
    expect(it.rules()).toMatchObject({ source: 'REMOTE', problem: null });
  });

  test.each([
    ['a refusal', { result: { resultCode: 'PROCESS_FAIL', resultStatus: 'F' } }, 'PROCESS_FAIL'],
    ['no rules', { result: success, version: 'other' }, 'no rules'],
    ['rules without a version', { result: success, codeRules: [] }, 'no rules'],
    [
      'an expression that could hang',
      {
        result: success,
        version: 'evil',
        codeRules: [
          {
            codeMatchPattern: { matchMethod: 'REGEX', regex: '(a)\\1+' },
            postCodeMatchAction: { postCodeMatchActionType: 'DECODE' },
            extendInfo: '{}',
          },
        ],
      },
      'cannot be used',
    ],
  ])('stay as they were after %s', async (_what, answer, why) => {
    const it = world();
    await it.due();
    it.state.now += 30 * minute;
    it.state.answer = answer;
    await it.due();
    expect(it.rules().problem).toContain(why);
    expect(it.rules().version).toBe(opened.version);
    expect(it.pays()).toBe(true);
    expect(it.nextInMs()).toBe(usualCodeRulesTimes.afterErrorMs);
    it.reopen();
    expect(it.pays()).toBe(true);
    expect(it.failures).toEqual([]);
  });
});

test('those it was born with know the payment codes of the sandbox, of each prefix', () => {
  const whose = (prefix: number, routingNumber: string) => {
    const cii = `${prefix}1${routingNumber}`;
    return identify(writePaymentCode({ cii, slot: 7, random12: '123456789012' })).whose;
  };
  const issuers = sandboxWallets.flatMap(({ codeIssuer }) => codeIssuer ?? []);
  expect(issuers).toHaveLength(sandboxWallets.length);
  expect(new Set(issuers.map(({ routingNumber }) => routingNumber)).size).toBe(issuers.length);
  expect(new Set(issuers.map(({ prefix }) => prefix))).toEqual(new Set([25, 26, 27, 28, 29, 30]));
  for (const { prefix, routingNumber } of issuers) {
    expect(whose(prefix, routingNumber)).toBe('own_code');
  }
  expect(whose(25, '114')).toBe('wallet_code');
});

test('over the wire: a scan goes by the rules that were fetched', async () => {
  const pair = await startPair();
  try {
    const customer = '/sandbox/wallets/TNG/customers/TNG-0001';
    const before = await pair.api('POST', `${customer}/scans`, { text: wechat });
    expect(before.body).toMatchObject({
      identified: { whose: 'competitor_code', payable: false, refusal: { side: 'network' } },
      problem: { code: 'BUSINESS_NOT_SUPPORT' },
    });
    const rules = () => pair.api('GET', '/sandbox/wallets/TNG/code-rules');
    expect((await rules()).body).toMatchObject({ source: 'PRESET' });
    const heard = await until('the question', () =>
      pair.hub.heard.find(
        ({ api, partnerId }) => api === 'inquiryCodeRules' && partnerId === 'TNG',
      ),
    );
    expect(heard).toMatchObject({ verdict: 'valid', body: {} });
  } finally {
    await pair.close();
  }
});
