// Signs in to a network's console, as a person does on its page, for reports and moves of its time.

import { type Network, NetworkFailure } from '../base/world.ts';

/** How long the network may take; a secret is hashed slowly on purpose. */
const answerMs = 10_000;

/** The session's cookie as a header, or why nobody is signed in. */
export type SignedIn =
  | { readonly headers: Readonly<Record<string, string>>; readonly problem: undefined }
  | { readonly headers: undefined; readonly problem: string };

/** Signs `name` in at the network of address `url`. */
export async function signInAt(
  url: string,
  network: Network,
  { name, secret }: { readonly name: string; readonly secret: string },
): Promise<SignedIn> {
  const no = (problem: string) => ({ headers: undefined, problem });
  try {
    const { status, headers, body } = await network.post({
      url: `${url}/session`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, secret }),
      timeoutMs: answerMs,
    });
    if (status !== 200) return no(`${name} was not signed in: HTTP ${status} ${body}`);
    const cookie = headers['set-cookie']?.split(';', 1)[0];
    if (cookie === undefined) return no(`${url} gave no session.`);
    return { headers: { cookie }, problem: undefined };
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
    return no(`${name} was not signed in: ${error.message}`);
  }
}
