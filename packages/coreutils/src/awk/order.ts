// order.ts — The order in which `for (k in a)` visits elements. It is the observed order of busybox's hash table, so that
// labs recorded with busybox agree.

/** The number of buckets after n growths. The table grows when it has more than DEPTH elements per bucket. */
const SIZES = [61, 251, 1021, 4093];
const DEPTH = 8;

function hash(key: string): number {
  let index = 0;
  for (let i = 0; i < key.length; i++) {
    index = (key.charCodeAt(i) + (index << 6) - index) >>> 0;
  }
  return index;
}

type Table = (string[] | undefined)[];

function insert(table: Table, key: string, size: number): void {
  const index = hash(key) % size;
  const bucket = table[index];
  if (bucket === undefined) table[index] = [key];
  else bucket.unshift(key);
}

/** Sorts `keys`, given in order of insertion. Beyond 2008 elements, the order inside a bucket differs from busybox. */
export function visitOrder(keys: readonly string[]): string[] {
  let table: Table = [];
  let grown = 0;
  for (const [i, key] of keys.entries()) {
    const size = SIZES[grown] ?? 0;
    insert(table, key, size);
    const next = SIZES[grown + 1];
    if (i + 1 <= size * DEPTH || next === undefined) continue;
    const old = table.flatMap((bucket) => bucket ?? []);
    table = [];
    for (const one of old) insert(table, one, next);
    grown++;
  }
  return table.flatMap((bucket) => bucket ?? []);
}
