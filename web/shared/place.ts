// Where a payment was made, in one line under the merchant's name.

/** Store and city; the merchant's own name, often repeated by the store's, is left out. */
export function placeOf(payment: {
  readonly merchantName: string;
  readonly storeName?: string | null;
  readonly city?: string | null;
}): string {
  const { merchantName, storeName, city } = payment;
  const store = storeName?.startsWith(merchantName)
    ? storeName.slice(merchantName.length).replace(/^[\s,·]+/, '')
    : storeName;
  return [store, city].filter(Boolean).join(' · ');
}
