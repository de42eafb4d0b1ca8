/** So many results are remembered. */
const MOST = 64;

/**
 * `make`, but what it made for the latest keys is given again: equal keys get the same object. For what logs repeat on
 * every line. A key and its result must be small, because they are kept.
 */
export function remembered<Key, Result>(make: (key: Key) => Result): (key: Key) => Result {
  const results = new Map<Key, Result>();
  return (key) => {
    const known = results.get(key);
    if (known !== undefined) return known;
    const result = make(key);
    if (results.size >= MOST) results.clear();
    results.set(key, result);
    return result;
  };
}
