// The sandbox API of one-tap payments: what an online shop's page calls.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { BindingDesk } from './binding-commands.ts';
import type { Binding } from './bindings.ts';
import { readBody, sendProblem, startAmount } from './http.ts';
import type { TillDesk } from './till-commands.ts';
import { findTill, type TillRoute } from './till-routes.ts';
import { tillPaymentView } from './views.ts';
import { moneyOf } from './wallet-messages.ts';

interface BindingRoute extends TillRoute {
  readonly bindingId: string;
}

const bindBody = z.object({
  walletId: z.string().min(1).max(32),
  returnUrl: z.url({ protocol: /^https?$/, error: 'must be an address' }).max(1_024),
});
const finishBody = z.object({
  authState: z.string().min(1).max(256),
  authCode: z.string().min(1).max(512).optional(),
});
const payBody = z.object({ amount: startAmount });

/** A binding as pages see it; never a token. */
function bindingView(binding: Binding) {
  const { bindingId, walletId, walletName, status } = binding;
  return { bindingId, walletId, walletName, status };
}

/** Registers `/sandbox/acquirers/…/bindings…`. */
export function bindingRoutes(
  server: FastifyInstance,
  { desk, tills }: { readonly desk: BindingDesk; readonly tills: TillDesk },
): void {
  const base = '/sandbox/acquirers/:acquirerId/tills/:tillId/bindings';

  server.get<{ Params: TillRoute }>(base, (request, reply) => {
    const place = findTill(request.params);
    if (!place.ok) return sendProblem(reply, place.problem);
    return reply.send({ bindings: desk.bindings(place.value).map(bindingView) });
  });

  server.post<{ Params: TillRoute }>(base, async (request, reply) => {
    const place = findTill(request.params);
    if (!place.ok) return sendProblem(reply, place.problem);
    const body = readBody(bindBody, request.body);
    if (!body.ok) return sendProblem(reply, body.problem);
    const bound = await desk.bind(place.value, body.value.walletId, body.value.returnUrl);
    if (!bound.ok) return sendProblem(reply, bound.problem);
    const { binding, goOn } = bound.value;
    return reply.code(201).send({ ...bindingView(binding), goOn });
  });

  server.post<{ Params: TillRoute }>(`${base}/finish`, async (request, reply) => {
    const place = findTill(request.params);
    if (!place.ok) return sendProblem(reply, place.problem);
    const body = readBody(finishBody, request.body);
    if (!body.ok) return sendProblem(reply, body.problem);
    const { authState, authCode } = body.value;
    const finished = await desk.finish(place.value, authState, authCode);
    if (!finished.ok) return sendProblem(reply, finished.problem);
    return reply.send(bindingView(finished.value));
  });

  server.post<{ Params: BindingRoute }>(`${base}/:bindingId/payments`, async (request, reply) => {
    const place = findTill(request.params);
    if (!place.ok) return sendProblem(reply, place.problem);
    const body = readBody(payBody, request.body);
    if (!body.ok) return sendProblem(reply, body.problem);
    const { bindingId } = request.params;
    const token = await desk.tokenOf(place.value, bindingId);
    if (!token.ok) return sendProblem(reply, token.problem);
    const amount = moneyOf(body.value.amount);
    const started = await tills.start(place.value, { amount, accessToken: token.value });
    if (!started.ok) return sendProblem(reply, started.problem);
    const { created, payment } = started.value;
    if (payment.resultCode === 'INVALID_TOKEN') desk.lost(place.value, bindingId);
    return reply.code(created ? 201 : 200).send(tillPaymentView(payment));
  });

  server.post<{ Params: BindingRoute }>(`${base}/:bindingId/refresh`, async (request, reply) => {
    const place = findTill(request.params);
    if (!place.ok) return sendProblem(reply, place.problem);
    const renewed = await desk.refresh(place.value, request.params.bindingId);
    return renewed.ok
      ? reply.send(bindingView(renewed.value))
      : sendProblem(reply, renewed.problem);
  });

  server.post<{ Params: BindingRoute }>(`${base}/:bindingId/end`, async (request, reply) => {
    const place = findTill(request.params);
    if (!place.ok) return sendProblem(reply, place.problem);
    const ended = await desk.unbind(place.value, request.params.bindingId);
    return ended.ok ? reply.send(bindingView(ended.value)) : sendProblem(reply, ended.problem);
  });
}
