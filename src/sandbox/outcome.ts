// How the sandbox's own API says no: a status, a code and a sentence, as data.

/** Why a request of a page or script cannot be served. */
export interface ApiProblem {
  readonly status: 400 | 404 | 409 | 415 | 422 | 502 | 503 | 504;
  readonly code: string;
  readonly message: string;
  /** The part of the request that is wrong. */
  readonly field?: string;
}

export type ApiOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: ApiProblem };

export function done<T>(value: T): ApiOutcome<T> {
  return { ok: true, value };
}

export function refused(
  status: ApiProblem['status'],
  code: string,
  message: string,
  field?: string,
): { readonly ok: false; readonly problem: ApiProblem } {
  const problem = { status, code, message };
  return { ok: false, problem: field === undefined ? problem : { ...problem, field } };
}
