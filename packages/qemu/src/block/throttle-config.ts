// throttle-config.ts — The limits of a throttle group: averages, bursts and how long these may last. Mirrors util/throttle.c: throttle_is_valid.

export type LimitName = 'bps' | 'bpsRead' | 'bpsWrite' | 'iops' | 'iopsRead' | 'iopsWrite';

export const LIMIT_NAMES: readonly LimitName[] = [
  'bps',
  'bpsRead',
  'bpsWrite',
  'iops',
  'iopsRead',
  'iopsWrite',
];

export interface Limit {
  /** Bytes or requests per second; 0 is no limit. */
  readonly avg: number;
  /** The rate that a burst may reach; 0: no more than a tenth of a second's worth at once. */
  readonly max: number;
  /** How long in seconds a burst may last. */
  readonly burstLength: number;
}

export type LimitPart = keyof Limit;

export interface ThrottleConfig {
  readonly limits: Readonly<Record<LimitName, Limit>>;
  /** A request of more bytes counts as several; 0: each counts as one. */
  readonly opSize: number;
}

const NO_LIMIT: Limit = { avg: 0, max: 0, burstLength: 1 };

export const NO_LIMITS: ThrottleConfig = {
  limits: {
    bps: NO_LIMIT,
    bpsRead: NO_LIMIT,
    bpsWrite: NO_LIMIT,
    iops: NO_LIMIT,
    iopsRead: NO_LIMIT,
    iopsWrite: NO_LIMIT,
  },
  opSize: 0,
};

/** Changes what `given` tells of the configuration; undefined leaves a value as it is. */
export function changeConfig(
  before: ThrottleConfig,
  given: (name: LimitName, part: LimitPart) => number | undefined,
  opSize: number | undefined,
): ThrottleConfig {
  const limits = { ...before.limits };
  for (const name of LIMIT_NAMES) {
    const { avg, max, burstLength } = limits[name];
    limits[name] = {
      avg: given(name, 'avg') ?? avg,
      max: given(name, 'max') ?? max,
      burstLength: given(name, 'burstLength') ?? burstLength,
    };
  }
  return { limits, opSize: opSize ?? before.opSize };
}

export const isLimited = ({ limits }: ThrottleConfig): boolean =>
  LIMIT_NAMES.some((name) => limits[name].avg > 0);

/** THROTTLE_VALUE_MAX */
const MOST = 1e15;

type Kind = readonly [total: LimitName, read: LimitName, write: LimitName];

const BYTES: Kind = ['bps', 'bpsRead', 'bpsWrite'];
const REQUESTS: Kind = ['iops', 'iopsRead', 'iopsWrite'];

/** Why QEMU does not take these limits, or null. */
export function refuseConfig({ limits, opSize }: ThrottleConfig): string | null {
  const clash = (['avg', 'max'] as const).some((part) =>
    [BYTES, REQUESTS].some(
      ([total, read, write]) =>
        limits[total][part] !== 0 && (limits[read][part] !== 0 || limits[write][part] !== 0),
    ),
  );
  if (clash)
    return 'bps/iops/max total values and read/write values cannot be used at the same time';
  if (opSize !== 0 && !REQUESTS.some((name) => limits[name].avg !== 0))
    return 'iops size requires an iops value to be set';
  for (const name of LIMIT_NAMES) {
    const why = refuseLimit(limits[name]);
    if (why !== null) return why;
  }
  return null;
}

const isOutside = (value: number): boolean => value < 0 || value > MOST;

function refuseLimit({ avg, max, burstLength }: Limit): string | null {
  if (isOutside(avg) || isOutside(max)) return `bps/iops/max values must be within [0, ${MOST}]`;
  if (burstLength === 0) return 'the burst length cannot be 0';
  if (burstLength > 1 && max === 0) return 'burst length set without burst rate';
  if (max !== 0 && burstLength > MOST / max) return 'burst length too high for this burst rate';
  if (max !== 0 && avg === 0) return 'bps_max/iops_max require corresponding bps/iops values';
  return max !== 0 && max < avg ? 'bps_max/iops_max cannot be lower than bps/iops' : null;
}

/** The names of the limits on a throttle group: `iops-total`, `iops-total-max`, `iops-total-max-length`. */
const GROUP_NAMES: Readonly<Record<LimitName, string>> = {
  bps: 'bps-total',
  bpsRead: 'bps-read',
  bpsWrite: 'bps-write',
  iops: 'iops-total',
  iopsRead: 'iops-read',
  iopsWrite: 'iops-write',
};

const SUFFIXES: Readonly<Record<LimitPart, string>> = {
  avg: '',
  max: '-max',
  burstLength: '-max-length',
};

export const groupKey = (name: LimitName, part: LimitPart): string =>
  GROUP_NAMES[name] + SUFFIXES[part];

/** All names of limits on a throttle group but `iops-size`. */
export const GROUP_KEYS: readonly string[] = LIMIT_NAMES.flatMap((name) =>
  (['avg', 'max', 'burstLength'] as const).map((part) => groupKey(name, part)),
);
