// A row of sections that is pushed sideways on a phone: the open one is kept in view.
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useWords } from './language.ts';

/** For the row's `ref`. Words that become wider when their font arrives are looked at again. */
export function useOpenSectionInView() {
  const { locale } = useWords();
  const row = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page or language moves the row
  useEffect(() => {
    const bar = row.current;
    if (bar === null) return;
    const push = () => {
      const open = bar.querySelector<HTMLElement>('[aria-current="page"]');
      if (open === null) return;
      // Only the row is pushed, never the page.
      const middle = open.offsetLeft - bar.offsetLeft + open.offsetWidth / 2;
      bar.scrollLeft = middle - bar.clientWidth / 2;
    };
    push();
    const sizes = new ResizeObserver(push);
    for (const section of bar.children) sizes.observe(section);
    return () => sizes.disconnect();
  }, [pathname, locale]);
  return row;
}
