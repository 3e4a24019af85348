// size-text.ts — Sizes as util-linux prints them for people: `64M`, `1.4G`. Mirrors util-linux's lib/strutils.c: size_to_human_string.

const SUFFIXES = ['B', 'K', 'M', 'G', 'T', 'P', 'E'];

export function sizeText(bytes: number): string {
  let power = 0;
  while (power < 6 && bytes >= 1024 ** (power + 1)) power++;
  const unit = 1024 ** power;
  let whole = Math.floor(bytes / unit);
  const thousandths = Math.floor(((bytes % unit) * 1000) / unit);
  let tenths = Math.floor((thousandths + 50) / 100);
  if (tenths === 10) {
    whole++;
    tenths = 0;
  }
  const fraction = tenths === 0 ? '' : `.${tenths}`;
  return `${whole}${fraction}${SUFFIXES[power] ?? ''}`;
}
