// The lists of results: every code that can be answered is in them, in the order of the checks.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codesOf } from '../../src/wire/apiSteps.ts';
import { type Api, type ServedApi, servedApis } from '../../src/wire/apis.ts';
import { isResultCode } from '../../src/wire/results.ts';
import { ROOT } from '../support/sources.ts';
import { type Draft, doorFaults, type Fault, requestOf } from './faults.ts';
import { cases, openResultScene } from './resultCases.ts';
import type { Rig } from './rig.ts';
import { expectBalanced } from './scenes.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await openResultScene();
}, 60_000);

afterAll(async () => {
  await rig.rest();
  await expectBalanced(rig);
  await rig.close();
});

async function answerTo(api: ServedApi, ...faults: readonly Fault[]): Promise<string> {
  const { sender, good } = cases[api];
  let draft: Draft = { sender, body: good() };
  // The later check first: where both want the same field, the earlier one has it.
  for (const fault of faults.toReversed()) draft = fault.apply(draft);
  const request = await requestOf(rig, api, draft);
  const answer = await (rig.hubs[0] as Rig['hubs'][number]).handle(request);
  return (JSON.parse(answer.body) as { result: { resultCode: string } }).result.resultCode;
}

describe.each(Object.keys(servedApis) as ServedApi[])('%s', (api) => {
  const { otherRole, field, bad, faults, elsewhere, written = [] } = cases[api];
  const list: Api = servedApis[api];
  const door = doorFaults(otherRole, field, bad);
  const all = [...door, ...faults];

  test('each fault is answered with its code, and of two the one checked first', async () => {
    const wrong: string[] = [];
    const see = async (expected: Fault, ...rest: readonly Fault[]) => {
      const code = await answerTo(api, expected, ...rest);
      const what = [expected, ...rest].map((each) => each.what).join(' + ');
      if (code !== expected.code) wrong.push(`${what}: ${code}, not ${expected.code}`);
    };
    for (const [place, first] of all.entries()) {
      await see(first);
      for (const second of all.slice(place + 1)) {
        if (first.alone && second.alone) continue;
        if (faults.includes(first) && faults.includes(second) && second.alone) continue;
        await see(first, second);
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  test('nothing wrong is a success', async () => {
    expect(await answerTo(api)).toBe('SUCCESS');
  });

  test('the faults stand in the order of the list, and leave out no code of it', () => {
    const steps = list.results.map(({ code }) => code as string);
    let place = -1;
    for (const { code, what } of all) {
      place = steps.indexOf(code, place + 1);
      expect(place, `${code} (${what}) after the step before it`).toBeGreaterThanOrEqual(0);
    }
    const made = new Set([...all.map(({ code }) => code), ...elsewhere, 'SUCCESS']);
    expect(codesOf(list.results).filter((code) => !made.has(code))).toEqual([]);
  });

  test('every code that its program names is in the list', () => {
    const listed = new Set<string>([...codesOf(list.results), ...written]);
    const named = programOf(api).flatMap(({ file, text }) =>
      [...text.matchAll(/'([A-Z]+(?:_[A-Z]+)+|SUCCESS)'/g)]
        .map(([, code = '']) => code)
        .filter((code) => isResultCode(code) && !listed.has(code))
        .map((code) => `${file}: ${code} is not among the results of ${api} in src/wire/apis.ts`),
    );
    expect(named).toEqual([]);
  });
});

/** The endpoint's file, and of the files whose commands it runs what belongs to these commands. */
function programOf(api: ServedApi): { readonly file: string; readonly text: string }[] {
  const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
  const endpoint = { file: `src/api/partner/${api}.ts`, text: read(`src/api/partner/${api}.ts`) };
  const imports = /import \{([^}]*)\} from '\.\.\/\.\.\/((?:payments|disputes)\/\w+\.ts)'/g;
  const commands = [...endpoint.text.matchAll(imports)].flatMap(([, names = '', from = '']) => {
    const used: readonly string[] = names.match(/\w+Command\b/g) ?? [];
    const file = `src/${from}`;
    // A file may hold commands of several interfaces; one lasts until the next export.
    const text = read(file).replace(
      /^export function (\w+Command)\b[\s\S]*?(?=^export |(?![\s\S]))/gm,
      (whole, name: string) => (used.includes(name) ? whole : ''),
    );
    return used.length === 0 ? [] : [{ file, text }];
  });
  return [endpoint, ...commands];
}
