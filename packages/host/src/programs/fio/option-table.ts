// option-table.ts — The table of job options: how each value is parsed, and what it sets. After fio's options.c: fio_options.
import type {
  BlockSizes,
  ByDirection,
  Distribution,
  JobOptions,
  Logs,
  Size,
} from './job-options.ts';
import { ASYNC_ENGINES, SYNC_ENGINES, WORKLOADS } from './job-options.ts';
import { parseBytes, parseInteger, parseTime } from './units.ts';
import { isVerifyKind } from './verify-kinds.ts';

export type Settings = { -readonly [K in keyof JobOptions]: JobOptions[K] };

/** A value is wrong. The message is what fio prints before `failed parsing`, if anything. */
export class BadValue extends Error {
  override readonly name = 'BadValue';
}

/** A value that fio has and the simulator has not. */
export class RefusedValue extends Error {
  override readonly name = 'RefusedValue';
}

/** `value` is null if the option has none. */
type Setter = (job: Settings, value: string | null) => void;

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new BadValue('');
  return value;
}

const text = (value: string | null): string => need(value ?? undefined).trim();

function integer(value: string | null, { min = 0, max = 0x7fffffff } = {}): number {
  const n = need(parseInteger(text(value)));
  if (n < min) throw new BadValue(`min value out of range: ${n} (${min} min)`);
  if (n > max) throw new BadValue(`max value out of range: ${n} (${max} max)`);
  return n;
}

/** An option without a value is switched on. */
const flag = (value: string | null): boolean => value === null || integer(value) !== 0;

const time = (value: string | null, unit: 's' | 'us'): number => need(parseTime(text(value), unit));

function size(value: string | null): Size {
  const word = text(value);
  const percent = /^(\d+)%$/.exec(word);
  if (percent === null) return { kind: 'bytes', bytes: need(parseBytes(word)) };
  const share = Number(percent[1]);
  if (share > 100) throw new BadValue('');
  return { kind: 'percent', percent: share };
}

const bytes = (word: string): number => need(parseBytes(word));

/** Parses `A`, `A,B` or `A,B,C` for reads, writes and trims. A missing part is the same as the one before it; an empty part is `absent`. */
function byDirection<T>(
  value: string | null,
  read: (word: string) => T,
  absent: ByDirection<T>,
): ByDirection<T> {
  const [first = '', second, third] = text(value).split(',');
  const one = first === '' ? absent.read : read(first);
  const two = second === undefined ? one : second === '' ? absent.write : read(second);
  const three = third === undefined ? two : third === '' ? absent.trim : read(third);
  return { read: one, write: two, trim: three };
}

function fixedSize(word: string): BlockSizes {
  const n = bytes(word);
  if (n < 1) throw new BadValue('min value out of range: 0 (1 min)');
  return { kind: 'range', min: n, max: n };
}

function rangeOf(word: string): BlockSizes {
  const [from = '', to = ''] = word.split(/[-:]/);
  const ends = [bytes(from), bytes(to)];
  return { kind: 'range', min: Math.min(...ends), max: Math.max(...ends) };
}

/** Parses `4k/60:16k/40`. Parts without a share divide the rest evenly. */
function splitOf(word: string): BlockSizes {
  const given = word.split(':').map((part) => {
    const [size = '', share = ''] = part.split('/');
    return { bytes: bytes(size), percent: share === '' ? null : need(parseInteger(share)) };
  });
  const taken = given.reduce((sum, { percent }) => sum + (percent ?? 0), 0);
  const open = given.filter(({ percent }) => percent === null).length;
  if (taken > 100) throw new BadValue('fio: bssplit percentages add to more than 100%');
  const parts = given.map(({ bytes, percent }) => ({
    bytes,
    percent: percent ?? (100 - taken) / open,
  }));
  return { kind: 'split', parts };
}

function distribution(value: string | null): Distribution {
  const [name = '', word = ''] = text(value).split(':');
  if (['normal', 'zoned', 'zoned_abs'].includes(name)) throw new RefusedValue(name);
  switch (name) {
    case 'random':
      return { kind: name };
    case 'zipf':
      return { kind: name, parameter: zipfTheta(Number(word || '1.1')) };
    case 'pareto':
      return { kind: name, parameter: paretoInput(Number(word || '0.2')) };
    default:
      throw new BadValue('');
  }
}

function zipfTheta(theta: number): number {
  if (!(theta > 0)) throw new BadValue('');
  if (theta === 1) throw new BadValue('fio: zipf theta must different than 1.0');
  return theta;
}

function paretoInput(h: number): number {
  if (!(h > 0 && h < 1)) throw new BadValue('fio: pareto input out of range (0 < input < 1.0)');
  return h;
}

function workload(value: string | null): string {
  const word = text(value);
  const name = word === 'readwrite' ? 'rw' : word;
  if (name.includes(':') || name === 'trimwrite' || name === 'randtrimwrite')
    throw new RefusedValue(word);
  if (WORKLOADS[name] === undefined) throw new BadValue('');
  return name;
}

function engine(value: string | null): string {
  const name = text(value).replace(/^linuxaio$/, 'libaio');
  if ([...SYNC_ENGINES, ...ASYNC_ENGINES].includes(name)) return name;
  throw new RefusedValue(name);
}

function percentileList(value: string | null): readonly number[] {
  const list = text(value)
    .split(':')
    .map((word) => {
      const percentile = Number(word);
      if (word.trim() === '' || Number.isNaN(percentile)) throw new BadValue('');
      if (percentile > 100)
        throw new BadValue(`value out of range: ${percentile.toFixed(6)} (range max: 100.000000)`);
      return percentile;
    });
  return list.toSorted((a, b) => a - b);
}

const CONTINUE: Readonly<Record<string, readonly ('read' | 'write' | 'verify')[]>> = {
  none: [],
  '0': [],
  read: ['read'],
  write: ['write'],
  io: ['read', 'write'],
  verify: ['verify'],
  all: ['read', 'write', 'verify'],
  '1': ['read', 'write', 'verify'],
};

function verification(job: Settings, value: string | null): void {
  const kind = text(value);
  if (kind === '0' || kind === 'none') job.verification = { ...job.verification, kind: 'none' };
  else if (kind === 'crc32c-intel') job.verification = { ...job.verification, kind: 'crc32c' };
  else if (isVerifyKind(kind)) job.verification = { ...job.verification, kind };
  else throw new RefusedValue(kind);
}

const log =
  (which: keyof Omit<Logs, 'averageMs'>): Setter =>
  (job, value) => {
    job.logs = { ...job.logs, [which]: value === null ? '' : text(value) };
  };

/** The effect of each option on a job. */
const SETTERS: Readonly<Record<string, Setter>> = {
  filename: (job, value) => (job.filename = text(value)),
  rw: (job, value) => (job.rw = workload(value)),
  ioengine: (job, value) => (job.ioengine = engine(value)),
  iodepth: (job, value) => (job.iodepth = integer(value, { min: 1 })),
  numjobs: (job, value) => (job.numjobs = integer(value, { min: 1, max: 4096 })),
  size: (job, value) => (job.size = size(value)),
  io_size: (job, value) => (job.ioSize = size(value)),
  offset: (job, value) => (job.offset = size(value)),
  loops: (job, value) => (job.loops = integer(value, { min: 1 })),
  bs: (job, value) => (job.blockSizes = byDirection(value, fixedSize, job.blockSizes)),
  bsrange: (job, value) => (job.blockSizes = byDirection(value, rangeOf, job.blockSizes)),
  bssplit: (job, value) => (job.blockSizes = byDirection(value, splitOf, job.blockSizes)),
  direct: (job, value) => (job.direct = flag(value)),
  buffered: (job, value) => (job.direct = !flag(value)),
  runtime: (job, value) => (job.runtime = time(value, 's')),
  time_based: (job, value) => (job.timeBased = flag(value)),
  ramp_time: (job, value) => (job.rampTime = time(value, 's')),
  startdelay: (job, value) => (job.startDelay = time(value, 's')),
  rate: (job, value) => (job.rate = byDirection(value, bytes, job.rate)),
  rate_iops: (job, value) => (job.rateIops = byDirection(value, bytes, job.rateIops)),
  rate_process(job, value) {
    const word = text(value);
    if (word !== 'linear' && word !== 'poisson') throw new BadValue('');
    job.poisson = word === 'poisson';
  },
  thinktime: (job, value) => (job.thinktime = time(value, 'us')),
  thinktime_blocks: (job, value) => (job.thinktimeBlocks = integer(value, { min: 1 })),
  rwmixread: (job, value) => (job.rwmixread = integer(value, { max: 100 })),
  rwmixwrite: (job, value) => (job.rwmixread = 100 - integer(value, { max: 100 })),
  fsync: (job, value) => (job.fsync = integer(value)),
  end_fsync: (job, value) => (job.endFsync = flag(value)),
  random_distribution: (job, value) => (job.distribution = distribution(value)),
  norandommap: (job, value) => (job.norandommap = flag(value)),
  randseed: (job, value) => (job.randomSeed = integer(value)),
  verify: verification,
  do_verify: (job, value) => (job.verification = { ...job.verification, again: flag(value) }),
  verify_fatal: (_job, value) => flag(value),
  verify_dump: (job, value) => (job.verification = { ...job.verification, dumps: flag(value) }),
  continue_on_error: (job, value) => (job.continueOnError = new Set(need(CONTINUE[text(value)]))),
  zero_buffers: (job, value) => (job.zeroBuffers = flag(value)),
  clat_percentiles: (job, value) => (job.clatPercentiles = flag(value)),
  lat_percentiles: (job, value) => (job.latPercentiles = flag(value)),
  slat_percentiles: (job, value) => (job.slatPercentiles = flag(value)),
  percentile_list: (job, value) => (job.percentiles = percentileList(value)),
  group_reporting: (job, value) => (job.groupReporting = flag(value)),
  stonewall: (job, value) => (job.stonewall = flag(value)),
  new_group: (job, value) => (job.newGroup = flag(value)),
  thread: (job, value) => (job.thread = flag(value)),
  write_lat_log: log('lat'),
  write_bw_log: log('bw'),
  write_iops_log: log('iops'),
  log_avg_msec: (job, value) => (job.logs = { ...job.logs, averageMs: integer(value) }),
};

const ALIASES: Readonly<Record<string, string>> = {
  readwrite: 'rw',
  timeout: 'runtime',
  blocksize: 'bs',
  blocksize_range: 'bsrange',
  io_limit: 'io_size',
  wait_for_previous: 'stonewall',
};

/** Returns an option's name in the table, which differs for an alias. */
export const optionName = (word: string): string => ALIASES[word] ?? word;

export const setterOf = (name: string): Setter | undefined =>
  Object.hasOwn(SETTERS, name) ? SETTERS[name] : undefined;

/** The options that need no value. */
export const FLAGS: ReadonlySet<string> = new Set([
  'time_based',
  'group_reporting',
  'stonewall',
  'new_group',
  'thread',
  'norandommap',
  'zero_buffers',
  'write_lat_log',
  'write_bw_log',
  'write_iops_log',
]);
