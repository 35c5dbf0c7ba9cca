// The market's feed over HTTP, and how to make it misbehave.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readBody, sendProblem } from './http.ts';
import { marketTable } from './market.ts';
import type { SampleRates } from './rates-store.ts';

const marketModes = ['usual', 'jump', 'silent', 'wrong'] as const;

/** The same seed every day: a restarted market goes on where it was. */
const seed = 'wayfare';
/** A jump in tenths: the price of the currency that was named becomes so much more. */
const jumpTenths = 11n;

const modeBody = z.strictObject({
  mode: z.enum(marketModes),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be three capital letters')
    .default('MYR'),
});

/**
 * `GET /market/rates`, which the hub looks at as at any feed, and `PUT /sandbox/market`. The
 * market's time is real time. A mode is forgotten at a restart.
 */
export function marketRoutes(server: FastifyInstance, sample: SampleRates): void {
  let behaviour: z.infer<typeof modeBody> = { mode: 'usual', currency: 'MYR' };

  server.get('/market/rates', async (_request, reply) => {
    const { mode, currency } = behaviour;
    const table = marketTable(sample, seed, Date.now());
    const price = table.rates[currency];
    switch (mode) {
      case 'usual':
        return table;
      case 'silent':
        return reply
          .code(503)
          .send({ error: { code: 'CLOSED', message: 'The market is closed.' } });
      case 'wrong':
        return { ...table, rates: { ...table.rates, [currency]: '-1' } };
      case 'jump':
        return price === undefined
          ? table
          : { ...table, rates: { ...table.rates, [currency]: jumped(price) } };
    }
  });

  server.get('/sandbox/market', async () => ({
    ...behaviour,
    ...marketTable(sample, seed, Date.now()),
  }));

  server.put('/sandbox/market', async (request, reply) => {
    const body = readBody(modeBody, request.body);
    if (!body.ok) return sendProblem(reply, body.problem);
    behaviour = body.value;
    return behaviour;
  });
}

/** A decimal times 1.1, digit by digit. */
function jumped(price: string): string {
  const [whole = '0', decimals = ''] = price.split('.');
  const scaled = (BigInt(whole + decimals) * jumpTenths)
    .toString()
    .padStart(decimals.length + 2, '0');
  const point = scaled.length - decimals.length - 1;
  return `${scaled.slice(0, point)}.${scaled.slice(point)}`;
}
