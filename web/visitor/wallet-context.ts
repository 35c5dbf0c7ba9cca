// The wallet that this window shows: whose it is, its state, and whether it hears events.
import { createContext, useContext } from 'react';
import type { CustomerState, WalletPayment } from '../shared/contract.ts';

export interface WalletContext {
  readonly walletId: string;
  readonly customerId: string;
  readonly state: CustomerState;
  /** Puts an answer of the sandbox into the shown state at once. */
  readonly keep: (payment: WalletPayment) => void;
}

export const WalletContext = createContext<WalletContext | undefined>(undefined);

/** The wallet around this component; it may only be used inside `WalletLayout`. */
export function useWallet(): WalletContext {
  const wallet = useContext(WalletContext);
  if (wallet === undefined) throw new Error('a wallet page outside its wallet');
  return wallet;
}
