// The frame of a participant's own pages: its sections, behind the door.
import { Link, Outlet } from '@tanstack/react-router';
import { SessionGate } from '../session/SessionGate.tsx';
import { useWords } from '../shared/language.ts';
import nav from '../shared/NetworkNav.module.css';
import { useOpenSectionInView } from '../shared/open-section.ts';

const sections = [
  ['overview', '/participant'],
  ['batches', '/participant/batches'],
  ['statement', '/participant/statement'],
  ['files', '/participant/files'],
  ['disputes', '/participant/disputes'],
  ['notices', '/participant/notices'],
  ['certification', '/participant/certification'],
] as const;

export function ParticipantLayout() {
  return (
    <SessionGate place="own" sections={<Sections />}>
      <Outlet />
    </SessionGate>
  );
}

function Sections() {
  const { t } = useWords();
  const row = useOpenSectionInView();
  return (
    <nav ref={row} className={nav.bar} aria-label={t('participant.sections')}>
      {sections.map(([name, to]) => (
        <Link
          key={name}
          to={to}
          activeOptions={{ exact: name === 'overview' }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {t(`participant.section.${name}`)}
        </Link>
      ))}
    </nav>
  );
}
