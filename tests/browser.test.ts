// The test browser itself: it starts on a bare machine, knows WebAssembly, and draws Chinese.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage, pageSizes } from './support/browser.ts';

const FONT_DIRECTORY = fileURLToPath(
  new URL('../node_modules/@fontsource/noto-sans-sc', import.meta.url),
);
/** The smallest module with a function: `() => 42`. */
const ANSWER_MODULE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 6, 1,
  4, 0, 65, 42, 11,
];

let browser: Browser;
let server: Server;
let address: string;

beforeAll(async () => {
  browser = await launchBrowser();
  server = createServer((request, response) => {
    const name = request.url ?? '/';
    if (name === '/') {
      const head =
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">' +
        '<link rel="stylesheet" href="/400.css">';
      const page = `<!doctype html><html lang="zh"><head>${head}</head><p>一碗面</p></html>`;
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
      return;
    }
    try {
      const type = name.endsWith('.css') ? 'text/css' : 'font/woff2';
      const content = readFileSync(path.join(FONT_DIRECTORY, name));
      response.setHeader('content-type', type).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

test.each(['phone', 'desktop'] as const)('a %s page has its size', async (size) => {
  const { page, context } = await openPage(browser, size);
  await page.goto(address);
  const seen = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  expect(seen).toEqual(pageSizes[size]);
  await context.close();
});

test('WebAssembly runs', async () => {
  const { page, context, problems } = await openPage(browser, 'desktop');
  await page.goto(address);
  const answer = await page.evaluate(async (bytes) => {
    const { instance } = await WebAssembly.instantiate(new Uint8Array(bytes));
    return (instance.exports.f as () => number)();
  }, ANSWER_MODULE);
  expect(answer).toBe(42);
  expect(problems).toEqual([]);
  await context.close();
});

test('Chinese is drawn with the font that the page brings', async () => {
  const { page, context } = await openPage(browser, 'phone', { locale: 'zh-CN' });
  await page.goto(address);
  const drawn = await page.evaluate(async () => {
    const font = '40px "Noto Sans SC"';
    await document.fonts.load(font, '一碗面');
    const inkOf = (text: string): string => {
      const canvas = document.createElement('canvas');
      canvas.width = 60;
      canvas.height = 60;
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('no canvas');
      pen.font = font;
      pen.fillText(text, 5, 45);
      return canvas.toDataURL();
    };
    // A letter that no font has stands for what a missing glyph looks like.
    return { glyphs: ['一', '碗', '面'].map(inkOf), missing: inkOf('\u{10FFFE}') };
  });
  expect(new Set([...drawn.glyphs, drawn.missing]).size).toBe(4);
  await context.close();
});
