// parse-create.ts — The arguments of @stats_create. Mirrors dm-stats.c: message_stats_create, parse_histogram.
import type { RegionOptions } from './region.ts';

/**
 *   - | <start>+<length>   <step> | /<number of areas>   [<n> <feature>*n]   [<program> [<aux data>]]
 * A feature is `precise_timestamps` or `histogram:<bound>,…`. Null if it is wrong. `size`: sectors of the device.
 */
export function parseCreate(args: readonly string[], size: number): RegionOptions | null {
  const [where = '', how = '', ...rest] = args;
  const range = parseRange(where, size);
  const step = range === null ? null : parseStep(how, range.end - range.start);
  if (range === null || step === null) return null;
  const features = parseFeatures(rest);
  if (features === null) return null;
  const { precise, bounds, used } = features;
  const [programId = '-', auxData = '-', more] = rest.slice(used);
  return more === undefined ? { ...range, step, precise, bounds, programId, auxData } : null;
}

const LIMIT = 2n ** 64n;

function parseRange(word: string, size: number): { start: bigint; end: bigint } | null {
  if (word === '-') return { start: 0n, end: BigInt(Math.max(size, 1)) };
  const match = /^(\d+)\+(\d+)$/.exec(word);
  if (match === null) return null;
  const [start = 0n, length = 0n] = match.slice(1).map((n) => BigInt.asUintN(64, BigInt(n)));
  const end = (start + length) % LIMIT;
  return start < end ? { start, end } : null;
}

function parseStep(word: string, length: bigint): bigint | null {
  const match = /^(\/?)(\d+)$/.exec(word);
  if (match === null) return null;
  const [, slash, digits = '0'] = match;
  if (slash === '') {
    const step = BigInt.asUintN(64, BigInt(digits));
    return step === 0n ? null : step;
  }
  const areas = BigInt.asUintN(32, BigInt(digits));
  return areas === 0n ? null : (length + areas - 1n) / areas;
}

interface Features {
  readonly precise: boolean;
  readonly bounds: readonly number[];
  /** How many words they were. */
  readonly used: number;
}

function parseFeatures([count = '', ...words]: readonly string[]): Features | null {
  if (!/^\d+$/.test(count)) return { precise: false, bounds: [], used: 0 };
  const number = Number(count);
  if (number > words.length) return null;
  let precise = false;
  let bounds: readonly number[] = [];
  for (const word of words.slice(0, number)) {
    if (word.toLowerCase() === 'precise_timestamps') {
      precise = true;
    } else if (/^histogram:/i.test(word) && bounds.length === 0) {
      const parsed = parseBounds(word.slice('histogram:'.length));
      if (parsed === null) return null;
      bounds = parsed;
    } else return null;
  }
  return { precise, bounds, used: number + 1 };
}

/** They rise, and the first is above 0. */
function parseBounds(text: string): readonly number[] | null {
  const words = text.split(',');
  if (!words.every((word) => /^\d+$/.test(word))) return null;
  const bounds = words.map(Number);
  return bounds.every((bound, i) => bound > (bounds[i - 1] ?? 0)) ? bounds : null;
}
