// sector-hash.ts — A number for what a sector holds: equal numbers in the trace mean equal data.
/** 32 bits each. */
export const SECTOR_WORDS: number = 512 / 4;

const FNV = 0x01000193;

/**
 * Tells sectors apart by all they hold. FNV-1a over words of 32 bits, four hashes side by side: a processor has each
 * multiplication wait for the one before it.
 */
export function hashSector(words: Int32Array, from: number): number {
  let a = 0x811c9dc5;
  let b = 0x050c5d1f;
  let c = 0x2b3a4c5d;
  let d = 0x7ed55d16;
  for (let at = from; at < from + SECTOR_WORDS; at += 4) {
    a = Math.imul(a ^ (words[at] as number), FNV);
    b = Math.imul(b ^ (words[at + 1] as number), FNV);
    c = Math.imul(c ^ (words[at + 2] as number), FNV);
    d = Math.imul(d ^ (words[at + 3] as number), FNV);
  }
  b = Math.imul(a ^ b, FNV);
  c = Math.imul(b ^ c, FNV);
  return Math.imul(c ^ d, FNV);
}

/** Tells sectors apart by their first word, where every sector that is written has a stamp there: some hundred times cheaper. */
export const stampOfSector = (words: Int32Array, from: number): number => words[from] as number;
