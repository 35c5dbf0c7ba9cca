// Guides: headings that links find, and links that lead where the app has something.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readGuide } from './guides.ts';
import { anchorOf, guideHtml, placeOf } from './markdown.ts';

const guides = new URL('../../docs/guides/', import.meta.url);

describe('a guide', () => {
  it('gives headings an address, and links of files one of the app', () => {
    expect(anchorOf('4. The rules that money hangs on')).toBe('4-the-rules-that-money-hangs-on');
    expect(placeOf('signing.md#keys')).toBe('/docs/guides/signing#keys');
    expect(placeOf('../reference/sandbox-api.md')).toBe('/docs/guides/sandbox-api');
    expect(placeOf('../../src/wire/client.ts')).toBeUndefined();
    expect(guideHtml('# A b\n[x](wallet.md)')).toBe(
      '<h1 id="a-b">A b</h1><p><a href="/docs/guides/wallet">x</a></p>\n',
    );
  });

  it.each(readdirSync(guides))('%s leads to pages that the app has', async (name) => {
    const text = readFileSync(new URL(name, guides), 'utf8');
    for (const [, to = ''] of text.matchAll(/\]\(([^)#:]+\.md)(#[^)]*)?\)/g)) {
      const page = /([\w-]+)$/.exec(placeOf(to) ?? '')?.[1] ?? '';
      expect(await readGuide(page), to).toBeDefined();
    }
  });

  it.each(readdirSync(guides))('%s has only links that lead somewhere', (name) => {
    const text = readFileSync(new URL(name, guides), 'utf8');
    const wrong = [...text.matchAll(/\]\(([^)#]+\.md)(#[^)]*)?\)/g)].flatMap(
      ([, to = '', hash]) => {
        const file = new URL(to, guides);
        if (!existsSync(file)) return [to];
        const html = guideHtml(readFileSync(file, 'utf8'));
        return hash === undefined || html.includes(`id="${hash.slice(1)}"`) ? [] : [to + hash];
      },
    );
    expect(wrong).toEqual([]);
  });
});
