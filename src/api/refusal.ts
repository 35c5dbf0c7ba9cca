// How the routes of pages say no: a code that pages put into words, and a sentence for whoever
// reads the answer itself.

import type { z } from 'zod';

/** The body of a refusal. */
export const refusal = (code: string, message: string) => ({ error: { code, message } });

/**
 * The refusal of what has not its form: its first fault, and the field that has it. `whole` is
 * what was read, named where no field of it is at fault.
 */
export function illegal(error: z.ZodError, whole: string) {
  const issue = error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const message = `${field === '' ? whole : field}: ${issue?.message ?? 'is wrong'}`;
  return { error: { code: 'PARAM_ILLEGAL', message, field } };
}
