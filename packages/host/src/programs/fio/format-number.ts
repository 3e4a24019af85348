// format-number.ts — Formats numbers as fio does, with four or six significant figures and a prefix. After fio's lib/num2str.c: num2str.

export interface NumberFormat {
  /** The most characters of the number, with its point. */
  readonly width: number;
  /** Uses prefixes of 1024 (Ki) instead of 1000 (k). */
  readonly binary: boolean;
  readonly unit: '' | 'B' | 'B/s';
}

const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];

export function formatNumber(value: number, { width, binary, unit }: NumberFormat): string {
  const thousand = binary ? 1024 : 1000;
  const prefixes = binary ? BINARY : DECIMAL;
  let whole = Math.floor(value);
  let rest = 0;
  let i = 0;
  while (String(whole).length > width && i < prefixes.length - 1) {
    rest = whole % thousand;
    whole = Math.floor(whole / thousand);
    i++;
  }
  const suffix = `${prefixes[i]}${unit}`;
  if (i === 0) return `${whole}${suffix}`;
  const decimals = width - String(whole).length - 1;
  if (decimals <= 0) return `${whole + (rest >= thousand / 2 ? 1 : 0)}${suffix}`;
  return `${(whole + rest / thousand).toFixed(decimals)}${suffix}`;
}

/** Formats bytes with four figures: `4096B`, `64.0KiB`. */
export const formatBytes = (bytes: number): string =>
  formatNumber(bytes, { width: 4, binary: true, unit: 'B' });

export const formatBytesDecimal = (bytes: number): string =>
  formatNumber(bytes, { width: 4, binary: false, unit: 'B' });

export const formatRate = (bytesPerSecond: number, binary: boolean): string =>
  formatNumber(bytesPerSecond, { width: 4, binary, unit: 'B/s' });

/** Formats a latency with six figures. */
export const formatLatency = (value: number): string =>
  formatNumber(value, { width: 6, binary: false, unit: '' });

/** Formats like printf("%*.2f"). */
export const fixed = (value: number, width: number): string => value.toFixed(2).padStart(width);
