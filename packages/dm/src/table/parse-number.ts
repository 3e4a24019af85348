// parse-number.ts — Numbers in table lines, as the kernel reads them. Mirrors lib/vsprintf.c: vsscanf, lib/kstrtox.c.

/** `%llu%c` with nothing after the number: decimal digits only, wrapping at 2^64. Null for anything else. */
export function parseSector(word: string): number | null {
  if (!/^\d+$/.test(word)) return null;
  if (word.length < 16) return Number(word);
  return Number(BigInt.asUintN(64, BigInt(word)));
}

/** kstrtouint(…, 10, …): a leading `+` is fine, a value beyond 32 bits is not. */
export function parseKernelUint(word: string): number | null {
  if (!/^\+?\d+$/.test(word)) return null;
  const value = Number(word);
  return value > 0xffffffff ? null : value;
}

/** `%u%c` with nothing after the number: decimal digits only, wrapping at 2^32. Null for anything else. */
export function parseKernelUnsigned(word: string): number | null {
  if (!/^\d+$/.test(word)) return null;
  if (word.length < 10) return Number(word);
  return Number(BigInt.asUintN(32, BigInt(word)));
}
