// kernfs-order.ts — The order in which sysfs lists a directory: by a hash of the names. Mirrors fs/kernfs/dir.c: kernfs_name_hash.

const MASK = (1n << 64n) - 1n;
/** GOLDEN_RATIO_64 */
const GOLDEN_RATIO = 0x61c8_8646_80b5_83ebn;
const INT_MAX = 0x7fff_ffff;

/** The hash of a name in ASCII. The kernel keeps the values 0, 1 and INT_MAX for other purposes. */
export function nameHash(name: string): number {
  let hash = 0n;
  for (const char of name) {
    const code = BigInt(char.charCodeAt(0));
    hash = ((hash + (code << 4n) + (code >> 4n)) * 11n) & MASK;
  }
  const upper = Number(((hash * GOLDEN_RATIO) & MASK) >> 32n) & INT_MAX;
  if (upper < 2) return upper + 2;
  return Math.min(upper, INT_MAX - 1);
}

/** The names in the order of a directory of sysfs. */
export function inKernfsOrder(names: Iterable<string>): string[] {
  return [...names]
    .map((name) => ({ name, hash: nameHash(name) }))
    .toSorted((a, b) => a.hash - b.hash)
    .map(({ name }) => name);
}
