// One guide of docs/, drawn from its Markdown, in the page's language or the one that is chosen.
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type MouseEvent, useEffect, useMemo } from 'react';
import { type Language, loadHanFont, localeOf } from '../shared/i18n.ts';
import { usePageTitle, useWords } from '../shared/language.ts';
import { NoSuchPage, Trouble, Waiting } from '../shared/states.tsx';
import styles from './docs.module.css';
import { type Guide, readGuide } from './guides.ts';
import { anchorIn, guideHtml } from './markdown.ts';

const route = '/docs/guides/$name';

export function GuidePage() {
  const { name } = useParams({ from: route });
  const chosen = useSearch({ from: route }).text;
  const { locale } = useWords();
  const spoken: Language = locale === 'zh-CN' ? 'zh' : 'en';
  const wanted = chosen ?? spoken;
  const { data, error, isPending } = useQuery({
    queryKey: ['guide', name, wanted],
    queryFn: async () => (await readGuide(name, wanted)) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error !== null) return <Trouble whole error={error} />;
  if (isPending) return <Waiting lines={6} height={30} />;
  return data === null ? <NoSuchPage /> : <OneGuide name={name} guide={data} spoken={spoken} />;
}

function OneGuide({ name, guide, spoken }: { name: string; guide: Guide; spoken: Language }) {
  const { text, language, other } = guide;
  const navigate = useNavigate();
  const html = useMemo(() => guideHtml(text), [text]);
  usePageTitle(/^# (.*)$/m.exec(text)?.[1] ?? '');
  useEffect(() => {
    if (language === 'zh') void loadHanFont();
  }, [language]);
  useEffect(() => {
    const asked = decodeURIComponent(location.hash.slice(1));
    if (html === '' || asked === '') return;
    document.getElementById(anchorIn(text, other, asked))?.scrollIntoView();
  }, [html, text, other]);

  /** Links between guides change the page without loading the app again. */
  function follow(event: MouseEvent<HTMLElement>) {
    const link = (event.target as HTMLElement).closest('a');
    const to = link?.getAttribute('href') ?? '';
    if (!to.startsWith('/docs/') || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const [path = to, hash] = to.split('#');
    const search = language === spoken ? {} : { text: language };
    void navigate({ to: path, search, ...(hash === undefined ? {} : { hash }) });
  }

  return (
    <div className={styles.page}>
      <OtherLanguage name={name} guide={guide} spoken={spoken} />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys press the links inside */}
      <article
        lang={localeOf(language)}
        className={styles.prose}
        onClick={follow}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own files, built into the app
        dangerouslySetInnerHTML={{ __html: html }}
      />
    </div>
  );
}

/** The way to the same guide in the other language, or that there is none. */
function OtherLanguage({ name, guide, spoken }: { name: string; guide: Guide; spoken: Language }) {
  const { t } = useWords();
  const { language, other } = guide;
  if (other === undefined) {
    return spoken === 'zh' ? <p className="hint">{t('docs.inEnglish')}</p> : null;
  }
  const to = language === 'zh' ? 'en' : 'zh';
  return (
    <p className={styles.other}>
      <Link
        to={route}
        params={{ name }}
        search={to === spoken ? {} : { text: to }}
        hash
        hrefLang={localeOf(to)}
      >
        {t(`docs.readIn.${to}`)}
      </Link>
    </p>
  );
}
