// size-text.ts — Sizes as util-linux prints them for people: `64M`, `1.4G`. Mirrors util-linux's lib/strutils.c: size_to_human_string.

const SUFFIXES = ['B', 'K', 'M', 'G', 'T', 'P', 'E'];

export const sizeText = (bytes: number): string => withFraction(bytes, 1);

/** With up to two decimals. */
export const exactSizeText = (bytes: number): string => withFraction(bytes, 2);

function withFraction(bytes: number, digits: 1 | 2): string {
  let power = 0;
  while (power < 6 && bytes >= 1024 ** (power + 1)) power++;
  const unit = 1024 ** power;
  let whole = Math.floor(bytes / unit);
  const thousandths = Math.floor(((bytes % unit) * 1000) / unit);
  const step = 10 ** (3 - digits);
  let fraction = String(Math.floor((thousandths + step / 2) / step)).padStart(digits, '0');
  if (fraction.length > digits) {
    whole++;
    fraction = '';
  }
  fraction = fraction.replace(/0+$/, '');
  return `${whole}${fraction === '' ? '' : '.'}${fraction}${SUFFIXES[power] ?? ''}`;
}
