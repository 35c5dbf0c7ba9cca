// What a shop holds of a visitor's permission: a wallet that it may charge with one tap.

/** ASKED: the visitor has not come back. BOUND: tokens are there. The others are ends. */
export type BindingStatus = 'ASKED' | 'BOUND' | 'REFUSED' | 'REVOKED';

export interface Binding {
  readonly acquirerId: string;
  readonly tillId: string;
  /** The shop's id of the agreement. */
  readonly bindingId: string;
  readonly walletId: string;
  readonly walletName: string;
  readonly status: BindingStatus;
  /** A text that comes back with the visitor, so that nobody brings another's code. */
  readonly authState: string;
  /** Secrets: on no page. */
  readonly accessToken: string | null;
  readonly accessExpiresAt: number | null;
  readonly refreshToken: string | null;
  readonly createdAt: number;
}

/** A token that is this near to its end is replaced before it is used. */
const refreshEarlyMs = 60_000;

export function needsRefresh(binding: Binding, now: number): boolean {
  return binding.accessExpiresAt !== null && binding.accessExpiresAt - refreshEarlyMs <= now;
}
