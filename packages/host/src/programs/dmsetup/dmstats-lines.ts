// dmstats-lines.ts — Reads what the kernel answers to dmstats(8): a line for each region, and a line of counters for each area. Mirrors libdm/libdm-stats.c: _stats_parse_list_region, _stats_parse_region.
import type { Region } from './dmstats-objects.ts';
import { parseIds } from './dmstats-objects.ts';

const linesOf = (answer: string): string[] => answer.split('\n').filter((line) => line !== '');

/** The answer to `@stats_list`. */
export const parseRegions = (answer: string): Region[] => linesOf(answer).map(parseRegion);

/** How many counters an area has, after its range; a histogram may follow. */
const COUNTERS = 13;

/** The answer to `@stats_print` for one region: the counters of each area. START '+' LENGTH COUNTER{13} [ HISTOGRAM ] */
export const parseCounters = (answer: string): bigint[][] =>
  linesOf(answer).map((line) =>
    line
      .split(' ')
      .slice(1, 1 + COUNTERS)
      .map(BigInt),
  );

const HISTOGRAM = 'histogram:';

/** ID ':' START '+' LENGTH STEP PROGRAM AUX [ 'precise_timestamps' ] [ 'histogram:' BOUNDS ], in sectors; AUX of a leader has its group. */
function parseRegion(line: string): Region {
  const words = line.split(' ');
  const word = (i: number): string => words[i] ?? '';
  const [start = '0', length = '0'] = word(1).split('+');
  const [, alias = '', ids = '', own] = /^DMS_GROUP=([^:]*):([\d,-]+)#(.*)/.exec(word(4)) ?? [];
  const members = parseIds(ids);
  const features = words.slice(5);
  const histogram = features.find((feature) => feature.startsWith(HISTOGRAM));
  return {
    id: word(0).slice(0, -1),
    start: BigInt(start),
    length: BigInt(length),
    step: BigInt(word(2)),
    program: word(3),
    precise: features.includes('precise_timestamps'),
    bounds: histogram?.slice(HISTOGRAM.length) ?? '',
    userData: own ?? word(4),
    leads: members === null ? null : { alias, members },
  };
}
