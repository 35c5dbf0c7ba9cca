// A payment's state in the wallet as one word in its colour.
import type { WalletPaymentStatus } from '../shared/contract.ts';
import { useWords } from '../shared/language.ts';
import { Tag, type Tone } from '../shared/Tag.tsx';

const tones: Record<WalletPaymentStatus, Tone> = {
  AWAITING_CONFIRMATION: 'unknown',
  SUCCESS: 'paid',
  FAILED: 'not-paid',
  REVERSED: 'plain',
  UNKNOWN: 'unknown',
};

export function StatusWord({ status }: { status: WalletPaymentStatus }) {
  const { t } = useWords();
  return <Tag tone={tones[status] ?? 'plain'}>{t(`visitor.status.${status}`)}</Tag>;
}
