// size-text.ts — Sizes as log lines show them, three significant digits. Mirrors lib/string_helpers.c: string_get_size.

const UNITS = {
  1000: ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'],
  1024: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'],
} as const;

/** `8.39 MB`, `8.00 MiB` */
export function formatSize(bytes: number, base: 1000 | 1024): string {
  let value = bytes;
  let unit = 0;
  while (value >= base) {
    value /= base;
    unit++;
  }
  if (unit === 0) return `${value} B`;
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[base][unit] ?? ''}`;
}
