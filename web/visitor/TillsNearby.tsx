// The tills that show a code at this moment, for a reader who has both windows on one screen.
import { useQuery } from '@tanstack/react-query';
import { Amount } from '../shared/Amount.tsx';
import { address, getJson } from '../shared/api.ts';
import type { AcquirerSummary, Shop, TillPayment } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { useWords } from '../shared/language.ts';
import { networkNow } from '../shared/network-time.ts';
import { Nothing, Trouble, Waiting } from '../shared/states.tsx';
import styles from './codes.module.css';

interface OpenTill {
  readonly shop: Shop;
  readonly tillId: string;
  readonly payment: TillPayment;
  readonly text: string;
}

const lookEveryMs = 2_500;

/** All tills' newest payments that still show an order code, newest first. */
async function findOpenTills(): Promise<OpenTill[]> {
  const { acquirers } = await getJson<{ acquirers: AcquirerSummary[] }>('/sandbox/acquirers');
  const tills = acquirers.flatMap((acquirer) =>
    acquirer.shops.flatMap((shop) =>
      shop.tills.map((till) => ({ acquirerId: acquirer.id, shop, tillId: till.id })),
    ),
  );
  const lists = await Promise.all(
    tills.map(async ({ acquirerId, shop, tillId }) => {
      const path = `${address.till(acquirerId, tillId)}/payments`;
      const { payments } = await getJson<{ payments: TillPayment[] }>(path);
      return payments.flatMap((payment) => openTill(shop, tillId, payment));
    }),
  );
  return lists.flat().sort((a, b) => b.payment.createdAt.localeCompare(a.payment.createdAt));
}

function openTill(shop: Shop, tillId: string, payment: TillPayment): OpenTill[] {
  const code = payment.orderCode;
  if (payment.status !== 'PROCESSING' || code == null) return [];
  if (new Date(code.expiresAt).getTime() <= networkNow()) return [];
  return [{ shop, tillId, payment, text: code.text }];
}

export function TillsNearby({ onPick }: { onPick: (text: string) => void }) {
  const { t, locale } = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['open-tills'],
    queryFn: findOpenTills,
    refetchInterval: lookEveryMs,
  });
  if (data === undefined) {
    if (error !== null) return <Trouble error={error} retry={() => void refetch()} />;
    return <Waiting lines={3} height={56} />;
  }
  if (data.length === 0) {
    return <Nothing title={t('scan.noTills')}>{t('scan.noTillsHelp')}</Nothing>;
  }
  const chinese = locale.startsWith('zh');
  return (
    <ul className={styles.tills}>
      {data.map(({ shop, tillId, payment, text }) => (
        <li key={payment.paymentRequestId}>
          <button type="button" onClick={() => onPick(text)}>
            <Icon name="till" size={26} />
            <span>
              <strong>{chinese ? shop.nameZh : shop.name}</strong>
              <span className="muted small">
                {chinese ? shop.cityZh : shop.city} · {tillId}
              </span>
            </span>
            <Amount money={payment.amount} size="medium" side="shop" />
          </button>
        </li>
      ))}
    </ul>
  );
}
