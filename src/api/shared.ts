// What costs much to read is read once for all who ask at the same time.

/**
 * Whoever asks for a key while it is read, or so many milliseconds afterwards, gets what that comes
 * to. A read that takes longer than that is never made twice at once. What failed is read again.
 */
export function shared<Key, Value>(
  keptMs: number,
  read: (key: Key) => Promise<Value>,
  elapsed: () => number = () => performance.now(),
): (key: Key) => Promise<Value> {
  const known = new Map<Key, { readonly value: Promise<Value>; readAt?: number }>();
  return (key) => {
    for (const [each, { readAt }] of known) {
      if (readAt !== undefined && elapsed() - readAt > keptMs) known.delete(each);
    }
    const before = known.get(key);
    if (before !== undefined) return before.value;
    const reading: { readonly value: Promise<Value>; readAt?: number } = { value: read(key) };
    known.set(key, reading);
    reading.value.then(
      () => {
        reading.readAt = elapsed();
      },
      () => known.delete(key),
    );
    return reading.value;
  };
}
