// Which till this window is: the shops of each acquirer, by the name over their door.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AcquirerSummary, Shop } from '../shared/contract.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePageTitle, useWords } from '../shared/language.ts';
import { acquirersQuery } from '../shared/queries.ts';
import { ChoosePage } from '../visitor/ChoosePage.tsx';
import choose from '../visitor/choose.module.css';
import styles from './till.module.css';

export function ChooseTill() {
  const { t } = useWords();
  usePageTitle(t('till.title'));
  const [wanted, setWanted] = useState('');
  const query = useQuery(acquirersQuery);
  const acquirers = (query.data?.acquirers ?? [])
    .map((acquirer) => ({ ...acquirer, shops: acquirer.shops.filter((s) => fits(s, wanted)) }))
    .filter((acquirer) => acquirer.shops.length > 0);
  return (
    <ChoosePage
      title={t('choose.till')}
      help={t('choose.tillHelp')}
      find={t('choose.findShop')}
      wanted={wanted}
      want={setWanted}
      query={query}
      isEmpty={acquirers.length === 0}
    >
      {acquirers.map((acquirer) => (
        <AcquirerShops key={acquirer.id} acquirer={acquirer} />
      ))}
    </ChoosePage>
  );
}

function fits(shop: Shop, wanted: string): boolean {
  const { name, nameZh, city, cityZh, district, districtZh = '' } = shop;
  const all = [name, nameZh, city, cityZh, district, districtZh].join(' ').toLowerCase();
  return all.includes(wanted.trim().toLowerCase());
}

function AcquirerShops({ acquirer }: { acquirer: AcquirerSummary }) {
  const { locale, t } = useWords();
  const chinese = locale.startsWith('zh');
  return (
    <section className={styles.acquirer}>
      <h2>
        {acquirer.name} <span className="muted small">{t('choose.acquirer')}</span>
      </h2>
      <ul className={choose.cards}>
        {acquirer.shops.map((shop) => (
          <li key={shop.id} className={`card ${choose.card}`}>
            <h3 className={styles.shopName}>
              <Icon name="shop" size={28} />
              <span>
                {chinese ? shop.nameZh : shop.name}
                <span className="muted small">
                  {chinese
                    ? `${shop.cityZh} · ${shop.districtZh ?? shop.district}`
                    : `${shop.city} · ${shop.district}`}
                </span>
              </span>
            </h3>
            <ul className={choose.lines}>
              {shop.tills.map((till) => (
                <li key={till.id}>
                  <Link
                    to="/till/$acquirerId/$tillId"
                    params={{ acquirerId: acquirer.id, tillId: till.id }}
                    search={{}}
                  >
                    <span>{till.id}</span>
                    <Icon name="forward" size={16} />
                  </Link>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
