// What every endpoint of the partner API is: a pure binding of a message to commands and an answer.

import type { z } from 'zod';
import type { Random } from '../../base/world.ts';
import type { DisputeDesk } from '../../disputes/commands.ts';
import type { CallOutcome, PartnerCall } from '../../network/calls.ts';
import type { Participant, ParticipantRole } from '../../network/participant.ts';
import type { PaymentDesk } from '../../payments/commands.ts';
import type { Rules } from '../../payments/rules.ts';
import type { RegistrationDesk } from '../../registrations/desk.ts';
import { decode, describeProblem } from '../../wire/messages.ts';
import type { ResultObject } from '../../wire/objects.ts';
import { type ResultCode, result } from '../../wire/results.ts';
import type { AgreementDesk } from '../agreements.ts';
import type { CodeRulesOf } from '../codeRules.ts';

/** What an endpoint works with. */
export interface EndpointContext {
  readonly rules: Rules;
  readonly desk: PaymentDesk;
  readonly agreements: AgreementDesk;
  readonly registrations: RegistrationDesk;
  readonly disputes: DisputeDesk;
  readonly codeRules: CodeRulesOf;
  readonly random: Random;
  readonly now: number;
  /** Whether a partner has as many calls of ours under way as it may have. */
  readonly isBusy: (participantId: string) => boolean;
  /** Calls a partner; its answer, or that nothing is known. */
  readonly ask: (call: PartnerCall) => Promise<CallOutcome>;
  readonly caller: Participant;
}

/** The body of an answer; `result` is always there. */
export interface Answer {
  readonly body: { readonly result: ResultObject };
  /** The payment it was about, for the message log. */
  readonly paymentNumber?: number;
}

export interface Endpoint {
  readonly role: ParticipantRole;
  handle(context: EndpointContext, bodyText: string): Promise<Answer>;
}

/** An endpoint that other dialects can use too, with a message that they have checked. */
export interface EndpointOf<Message> extends Endpoint {
  readonly carryOut: (context: EndpointContext, message: Message) => Promise<Answer>;
}

/** An answer that is only a result. */
export function refuse(code: ResultCode, message?: string, paymentNumber?: number): Answer {
  return {
    body: { result: result(code, message) },
    ...(paymentNumber === undefined ? {} : { paymentNumber }),
  };
}

/**
 * Decodes the body, then handles it; a body of the wrong form is PARAM_ILLEGAL, naming the field.
 */
export function endpoint<Schema extends z.ZodType>(
  role: ParticipantRole,
  schema: Schema,
  carryOut: (context: EndpointContext, message: z.infer<Schema>) => Promise<Answer>,
): EndpointOf<z.infer<Schema>> {
  return {
    role,
    carryOut,
    async handle(context, bodyText) {
      const decoded = decode(schema, bodyText);
      if (!decoded.ok) return refuse('PARAM_ILLEGAL', describeProblem(decoded));
      return carryOut(context, decoded.value);
    },
  };
}
