// size.ts — Sizes as listings show them. Mirrors libmultipath/print.c: snprint_size.

const UNITS = 'KMGTP';

/** `8.0M`, `512K`: one decimal below ten. Counted in floats, as the real one does. */
export function formatSize(sectors: number): string {
  let size = Math.fround(Math.floor(sectors / 2));
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  const text = size < 10 ? (halfToEven(size * 10) / 10).toFixed(1) : String(halfToEven(size));
  return `${text}${UNITS[unit]}`;
}

/** As printf rounds. */
function halfToEven(number: number): number {
  const below = Math.floor(number);
  const isHalf = number - below === 0.5;
  return isHalf ? below + (below % 2) : Math.round(number);
}

/** `XXXXX..... 5/10`. The real one prints signed numbers of 32 bits. */
export function formatProgress(seconds: number, of: number): string {
  const [current, total] = [Math.trunc(seconds) | 0, of | 0];
  if (total <= 0) return ` ${current}/${total}`;
  const filled = Math.max(Math.floor((10 * current) / total), 0);
  return `${'X'.repeat(filled)}${'.'.repeat(Math.max(10 - filled, 0))} ${current}/${total}`;
}
