// The till that this window is: where it stands and the payments that it took.
import { createContext, useContext } from 'react';
import type { AcquirerSummary, Shop, TillPayment } from '../shared/contract.ts';

export interface TillContext {
  readonly acquirerId: string;
  readonly tillId: string;
  readonly acquirer: AcquirerSummary | undefined;
  readonly shop: Shop | undefined;
  readonly payments: readonly TillPayment[];
  /** Puts an answer of the sandbox into the shown list at once. */
  readonly keep: (payment: TillPayment) => void;
}

export const TillContext = createContext<TillContext | undefined>(undefined);

/** The till around this component; it may only be used inside `TillLayout`. */
export function useTill(): TillContext {
  const till = useContext(TillContext);
  if (till === undefined) throw new Error('a till page outside its till');
  return till;
}
