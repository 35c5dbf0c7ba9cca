// What the page of fees reads from the hub.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from './api.ts';
import type { FeeExample, FeeQuestion, FeeRules } from './fees-contract.ts';

export const feesQuery = queryOptions({
  queryKey: ['fees'],
  queryFn: () => getJson<FeeRules>('/console/api/fees'),
  refetchInterval: 5_000,
});

/** The fees of an example, under the rules of now. */
export function feeExampleQuery(asked: FeeQuestion) {
  const { wallet, acquirer, product, currency, amount } = asked;
  const parameters = new URLSearchParams({ wallet, acquirer, product, currency, amount });
  return queryOptions({
    queryKey: ['fees', 'example', asked],
    queryFn: () => getJson<FeeExample>(`/console/api/fees/example?${parameters}`),
    retry: false,
  });
}
