// hash-order.ts — The order in which QEMU goes through objects that it finds by name. Mirrors glib/ghash.c.

const HASH_START = 5381;
const HASH_FACTOR = 33;
const SPREAD = 11;
/** How many places a table has, and the number by which it is divided. */
const TABLES: readonly (readonly [size: number, modulus: number])[] = [
  [8, 7],
  [16, 13],
  [32, 31],
  [64, 61],
  [128, 127],
  [256, 251],
];

/** The items, which were added in this order, as they lie in GLib's table of their names. */
export function hashOrder<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  const n = items.length;
  const [size, modulus] = TABLES.find(([most]) => n + Math.floor(n / 16) < most) ?? [512, 509];
  const places: (T | undefined)[] = Array.from({ length: size }, () => undefined);
  for (const item of items) {
    let at = (Math.imul(hash(nameOf(item)), SPREAD) >>> 0) % modulus;
    for (let step = 1; places[at] !== undefined; step++) at = (at + step) % size;
    places[at] = item;
  }
  return places.flatMap((item) => (item === undefined ? [] : [item]));
}

/** g_str_hash */
function hash(name: string): number {
  let value = HASH_START;
  for (let i = 0; i < name.length; i++)
    value = (Math.imul(value, HASH_FACTOR) + name.charCodeAt(i)) >>> 0;
  return value;
}
