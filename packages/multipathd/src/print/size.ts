// size.ts — Sizes as listings show them. Mirrors libmultipath/print.c: snprint_size.

const UNITS = 'KMGTP';

/** `8.0M`, `512K`: one decimal below ten. */
export function formatSize(sectors: number): string {
  let size = Math.floor(sectors / 2);
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size.toFixed(size < 10 ? 1 : 0)}${UNITS[unit]}`;
}

/** `XXXXX..... 5/10`. The real one prints signed numbers of 32 bits. */
export function formatProgress(seconds: number, of: number): string {
  const [current, total] = [Math.trunc(seconds) | 0, of | 0];
  if (total <= 0) return ` ${current}/${total}`;
  const filled = Math.max(Math.floor((10 * current) / total), 0);
  return `${'X'.repeat(filled)}${'.'.repeat(Math.max(10 - filled, 0))} ${current}/${total}`;
}
