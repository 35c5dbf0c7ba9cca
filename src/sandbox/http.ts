// The manners of the sandbox's own HTTP API: bodies are checked, and every refusal has one shape.

import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { isCurrency } from '../money/currency.ts';
import { amount } from '../wire/objects.ts';
import { type ApiOutcome, type ApiProblem, done, refused } from './outcome.ts';

/** `{"error":{"code","message","field"?}}` with the problem's status. */
export function sendProblem(reply: FastifyReply, problem: ApiProblem): FastifyReply {
  const { status, ...error } = problem;
  return reply.code(status).send({ error });
}

/** Reads a body against a schema; an absent body counts as `{}`. */
export function readBody<S extends z.ZodType>(schema: S, body: unknown): ApiOutcome<z.infer<S>> {
  const read = schema.safeParse(body ?? {});
  if (read.success) return done(read.data);
  const issue = read.error.issues[0];
  const field = issue?.path.map(String).join('.') ?? '';
  const message = issue?.message ?? 'does not fit';
  if (field === '') return refused(400, 'BAD_REQUEST', `The body is wrong: ${message}.`);
  return refused(400, 'BAD_REQUEST', `${field}: ${message}.`, field);
}

/** What a payment is to be over. */
export const startAmount = amount.refine(({ currency }) => isCurrency(currency), {
  error: 'currency: must be a currency of ISO 4217',
});
