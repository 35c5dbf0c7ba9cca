// What a browser loads for the acquirers' own pages: script, style, and a Chinese font for machines
// that have none.

import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { entryScript, entryStyle } from './entry-script.ts';
import { sendProblem } from './http.ts';
import { refused } from './outcome.ts';

const fontFiles = /^(?:400\.css|files\/noto-sans-sc-[a-z0-9[\]-]{1,40}-400-normal\.woff2)$/;

/** Registers `/sandbox/entry/…`. Nothing here is private, and a framed page has no origin. */
export function entryAssets(server: FastifyInstance): void {
  server.get('/sandbox/entry/page.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(entryScript),
  );
  server.get('/sandbox/entry/page.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(entryStyle),
  );
  server.get<{ Params: { '*': string } }>('/sandbox/entry/font/*', async (request, reply) => {
    const name = request.params['*'];
    if (!fontFiles.test(name)) {
      return sendProblem(reply, refused(404, 'NOT_FOUND', 'There is no such font.').problem);
    }
    const bytes = await readFile(
      new URL(`./${name}`, import.meta.resolve('@fontsource/noto-sans-sc/400.css')),
    ).catch(() => undefined);
    if (bytes === undefined) {
      return sendProblem(reply, refused(404, 'NOT_FOUND', 'There is no such font.').problem);
    }
    return reply
      .type(name.endsWith('.css') ? 'text/css; charset=utf-8' : 'font/woff2')
      .header('access-control-allow-origin', '*')
      .send(bytes);
  });
}
