// copy-map.ts — Copies a map without an array for each entry, which `new Map(map)` makes: each program and each subshell has several copies.
export function copyMap<K, V>(map: ReadonlyMap<K, V>): Map<K, V> {
  const copy = new Map<K, V>();
  for (const [key, value] of map) copy.set(key, value);
  return copy;
}
