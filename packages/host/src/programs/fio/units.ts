// units.ts — Parses sizes and times as fio does. After fio's parse.c: str_to_decimal.
import type { Nanos } from '@dmsim/sim';

const POWERS = 'kmgtp';

/**
 *   SIZE := DIGITS [UNIT] | 0xHEX        UNIT := (k|m|g|t|p)[b] (powers of 1024) | (ki|mi|...)[b] (powers of 1000) | b | s (sectors)
 * With fio's default `kb_base=1024`, a unit with an i is a power of 1000. Returns bytes; undefined if the text is no size.
 */
export function parseBytes(word: string): number | undefined {
  const match = /^(0x[0-9a-f]+|\d+)(?:([kmgtp])(i?)b?|b|(s))?$/i.exec(word.trim());
  if (match === null) return undefined;
  const [, digits = '', unit = '', decimal = '', sectors = ''] = match;
  const power = unit === '' ? 0 : POWERS.indexOf(unit.toLowerCase()) + 1;
  const base = decimal === '' ? 1024 : 1000;
  const value = Number(digits) * base ** power * (sectors === '' ? 1 : 512);
  return Number.isSafeInteger(value) ? value : undefined;
}

const SECONDS: Readonly<Record<string, number>> = {
  d: 86400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
};

/** Parses `10`, `10s`, `500ms` or `2m`. A number without a unit counts in `unit`. */
export function parseTime(word: string, unit: 's' | 'us'): Nanos | undefined {
  const match = /^(\d+(?:\.\d+)?)(d|h|m|s|ms|us)?$/i.exec(word.trim());
  if (match === null) return undefined;
  return Math.round(Number(match[1]) * (SECONDS[match[2]?.toLowerCase() ?? unit] ?? 1) * 1e9);
}

export const parseInteger = (word: string): number | undefined => {
  const trimmed = word.trim();
  return /^(?:0x[0-9a-f]+|-?\d+)$/i.test(trimmed) ? Number(trimmed) : undefined;
};
