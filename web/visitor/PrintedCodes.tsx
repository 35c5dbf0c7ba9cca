// The printed codes of the shops, for a reader who has no camera to point at a counter.
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../shared/language.ts';
import { acquirersQuery } from '../shared/queries.ts';

export function PrintedCodes({ onPick }: { onPick: (text: string) => void }) {
  const { t, locale } = useWords();
  const { data } = useQuery(acquirersQuery);
  const chinese = locale.startsWith('zh');
  const shops = (data?.acquirers ?? []).flatMap((acquirer) => acquirer.shops);
  const codes = shops.flatMap((shop) => {
    const code = shop.tills[0]?.entryCode;
    const name = chinese ? shop.nameZh : shop.name;
    return code === undefined ? [] : [{ value: code, label: name }];
  });
  if (codes.length === 0) return null;
  return (
    <NativeSelect
      label={t('scan.printed')}
      description={t('scan.printedHelp')}
      data={[{ value: '', label: t('scan.printedPick') }, ...codes]}
      value=""
      onChange={(event) => {
        const code = event.currentTarget.value;
        if (code !== '') onPick(code);
      }}
    />
  );
}
