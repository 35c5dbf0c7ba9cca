// A payment's state in the network as a coloured word.
import type { PaymentState } from '../shared/console-contract.ts';
import { useWords } from '../shared/language.ts';
import { Tag, type Tone } from '../shared/Tag.tsx';

const tones: Record<PaymentState, Tone> = {
  PROCESSING: 'unknown',
  SUCCESS: 'paid',
  FAILED: 'not-paid',
  CLOSED: 'plain',
};

export function StateTag({ state }: { state: PaymentState }) {
  const { t } = useWords();
  return <Tag tone={tones[state] ?? 'plain'}>{t(`network.stateName.${state}`)}</Tag>;
}
