// What somebody wrote, in their own language: Chinese letters are fetched on an English page too.
import { useEffect } from 'react';
import { loadHanFont } from './i18n.ts';

/** A quotation of one person's words. */
export function Said({ words }: { words: string }) {
  const hasHan = /\p{Script=Han}/u.test(words);
  useEffect(() => {
    if (hasHan) void loadHanFont();
  }, [hasHan]);
  return <q lang={hasHan ? 'zh-CN' : undefined}>{words}</q>;
}
