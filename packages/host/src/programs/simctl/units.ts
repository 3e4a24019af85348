// units.ts — Durations, rates and counts on simctl's command line.
import type { Nanos } from '@dmsim/sim';

const NANOS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
  min: 60e9,
  h: 3600e9,
};

/** Parses `200us`, `1.5ms`, `10s`, and `0`, which needs no unit; undefined for anything else. */
export function parseNanos(word: string): Nanos | undefined {
  if (word === '0') return 0;
  const match = /^(\d+(?:\.\d+)?)(ns|us|ms|s|min|h)$/.exec(word);
  if (match === null) return undefined;
  return Math.round(Number(match[1]) * (NANOS[match[2] ?? ''] ?? 1));
}

const PREFIX: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/** Parses `100MB/s`, `1GiB/s`, and `8Gbit/s` as links are sold, into bytes per second; undefined for anything else, or 0. */
export function parseRate(word: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)((?:[KMG]i?|k)?)(B|bit)\/s$/.exec(word);
  if (match === null) return undefined;
  const rate = Number(match[1]) * (PREFIX[match[2] ?? ''] ?? 1);
  return rate > 0 ? rate / (match[3] === 'bit' ? 8 : 1) : undefined;
}

/** A whole number, for seeds and depths. */
export function parseCount(word: string): number | undefined {
  return /^\d+$/.test(word) && Number(word) <= 0x7fffffff ? Number(word) : undefined;
}
