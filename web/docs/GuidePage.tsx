// One guide of docs/, drawn from its Markdown.
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type MouseEvent, useEffect, useMemo } from 'react';
import { usePageTitle, useWords } from '../shared/language.ts';
import { NoSuchPage, Trouble, Waiting } from '../shared/states.tsx';
import styles from './docs.module.css';
import { readGuide } from './guides.ts';
import { guideHtml } from './markdown.ts';

export function GuidePage() {
  const { name } = useParams({ from: '/docs/guides/$name' });
  const { data, error, isPending } = useQuery({
    queryKey: ['guide', name],
    queryFn: async () => (await readGuide(name)) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error !== null) return <Trouble whole error={error} />;
  if (isPending) return <Waiting lines={6} height={30} />;
  return data === null ? <NoSuchPage /> : <Guide text={data} />;
}

function Guide({ text }: { text: string }) {
  const { t, locale } = useWords();
  const navigate = useNavigate();
  const html = useMemo(() => guideHtml(text), [text]);
  usePageTitle(/^# (.*)$/m.exec(text)?.[1] ?? '');
  useEffect(() => {
    if (html !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [html]);

  /** Links between guides change the page without loading the app again. */
  function follow(event: MouseEvent<HTMLElement>) {
    const link = (event.target as HTMLElement).closest('a');
    const to = link?.getAttribute('href') ?? '';
    if (!to.startsWith('/docs/') || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const [path = to, hash] = to.split('#');
    void navigate({ to: path, ...(hash === undefined ? {} : { hash }) });
  }

  return (
    <div className={styles.page}>
      {locale === 'zh-CN' && <p className="hint">{t('docs.inEnglish')}</p>}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys press the links inside */}
      <article
        lang="en"
        className={styles.prose}
        onClick={follow}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own files, built into the app
        dangerouslySetInnerHTML={{ __html: html }}
      />
    </div>
  );
}
