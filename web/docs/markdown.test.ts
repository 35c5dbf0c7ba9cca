// Guides: headings that links find, and links that lead where the app has something.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readGuide } from './guides.ts';
import { anchorIn, anchorOf, guideHtml, placeOf } from './markdown.ts';

const docs = new URL('../../docs/', import.meta.url);
/** `guides/wallet.md`, `guides/zh/wallet.md`, `reference/zh/sandbox-api.md` … */
const names = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /^(guides|reference)\/.*\.md$/.test(name),
);

describe('a guide', () => {
  it('gives headings an address, and links of files one of the app', () => {
    expect(anchorOf('4. The rules that money hangs on')).toBe('4-the-rules-that-money-hangs-on');
    expect(anchorOf('用 openssl 和 curl')).toBe('用-openssl-和-curl');
    expect(placeOf('signing.md#keys')).toBe('/docs/guides/signing#keys');
    expect(placeOf('../reference/sandbox-api.md')).toBe('/docs/guides/sandbox-api');
    expect(placeOf('../../src/wire/client.ts')).toBeUndefined();
    expect(guideHtml('# A b\n[x](wallet.md)')).toBe(
      '<h1 id="a-b">A b</h1><p><a href="/docs/guides/wallet">x</a></p>\n',
    );
  });

  it('is in the language asked for, else in English', async () => {
    const english = await readGuide('wallet', 'en');
    const chinese = await readGuide('wallet', 'zh');
    expect(english).toEqual({ text: chinese?.other, language: 'en', other: chinese?.text });
    expect(chinese?.language).toBe('zh');
    const decision = await readGuide('0003-lanes-and-plan-proof-sql', 'zh');
    expect([decision?.language, decision?.other]).toEqual(['en', undefined]);
    expect(await readGuide('no-such-guide', 'zh')).toBeUndefined();
  });

  it('finds a heading by its address in either language', async () => {
    const { text, other } = (await readGuide('signing', 'zh')) ?? { text: '', other: '' };
    expect(anchorIn(text, other, 'with-openssl-and-curl')).toBe('用-openssl-和-curl');
    expect(anchorIn(text, other, '用-openssl-和-curl')).toBe('用-openssl-和-curl');
    expect(anchorIn(text, other, 'nowhere')).toBe('nowhere');
  });

  it.each(names)('%s leads to pages that the app has', async (name) => {
    const text = readFileSync(new URL(name, docs), 'utf8');
    for (const [, to = ''] of text.matchAll(/\]\(([^)#:]+\.md)(#[^)]*)?\)/g)) {
      const page = /([\w-]+)$/.exec(placeOf(to) ?? '')?.[1] ?? '';
      expect(await readGuide(page, 'zh'), to).toBeDefined();
    }
  });

  it.each(names)('%s has only links that lead somewhere', (name) => {
    const place = new URL(name, docs);
    const text = readFileSync(place, 'utf8');
    const wrong = [...text.matchAll(/\]\(([^)#:]*)(#[^)]*)?\)/g)].flatMap(([, to = '', hash]) => {
      if (to !== '' && !to.endsWith('.md')) return [];
      const file = to === '' ? place : new URL(to, place);
      if (!existsSync(file)) return [to];
      const html = guideHtml(readFileSync(file, 'utf8'));
      return hash === undefined || html.includes(`id="${hash.slice(1)}"`) ? [] : [to + hash];
    });
    expect(wrong).toEqual([]);
  });
});
