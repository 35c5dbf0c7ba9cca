// The sandbox API of registrations: an acquirer sends its shops to the network.

import type { FastifyInstance } from 'fastify';
import { sendProblem } from './http.ts';
import { refused } from './outcome.ts';
import { sandboxAcquirers } from './partners.ts';
import type { RegistrationDesk } from './registration-desk.ts';

/** Registers `/sandbox/acquirers/:acquirerId/registrations`. */
export function registrationRoutes(server: FastifyInstance, desk: RegistrationDesk): void {
  server.post<{ Params: { acquirerId: string } }>(
    '/sandbox/acquirers/:acquirerId/registrations',
    async (request, reply) => {
      const { acquirerId } = request.params;
      const acquirer = sandboxAcquirers.find(({ id }) => id === acquirerId);
      if (acquirer === undefined) {
        const message = `There is no acquirer ${acquirerId}.`;
        const { problem } = refused(404, 'ACQUIRER_NOT_FOUND', message, 'acquirerId');
        return sendProblem(reply, problem);
      }
      return reply.code(201).send({ registrations: await desk.registerShops(acquirer) });
    },
  );
}
