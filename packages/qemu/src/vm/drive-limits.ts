// drive-limits.ts — The limits of -drive: throttling.NAME, and the older names. Mirrors blockdev.c: extract_common_blockdev_options, qemu_opt_rename.
import type { ThrottleConfig } from '../block/throttle-config.ts';
import {
  changeConfig,
  GROUP_KEYS,
  groupKey,
  NO_LIMITS,
  refuseConfig,
} from '../block/throttle-config.ts';
import { optionalString } from '../drivers/options.ts';
import type { JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';

export interface DriveLimits {
  readonly config: ThrottleConfig;
  /** Null: the group has the name of the drive. */
  readonly group: string | null;
}

const KINDS: readonly (readonly [older: string, name: string])[] = [
  ['iops', 'iops-total'],
  ['iops_rd', 'iops-read'],
  ['iops_wr', 'iops-write'],
  ['bps', 'bps-total'],
  ['bps_rd', 'bps-read'],
  ['bps_wr', 'bps-write'],
];

/** The older names, and the members of `throttling` that they stand for. */
const ALIASES: readonly (readonly [older: string, name: string])[] = [
  ...KINDS,
  ...KINDS.map(([older, name]) => [`${older}_max`, `${name}-max`] as const),
  ['iops_size', 'iops-size'],
  ['group', 'group'],
];

/** Takes the limits out of the drive's options. A string is the refusal. */
export function takeLimits(options: JsonObject): DriveLimits | string {
  const given = isJsonObject(options['throttling']) ? { ...options['throttling'] } : {};
  for (const [older, name] of ALIASES) {
    const value = options[older];
    if (value === undefined) continue;
    if (name in given)
      return `'throttling.${name}' and its alias '${older}' can't be used at the same time`;
    given[name] = value;
    delete options[older];
  }
  delete options['throttling'];
  const { group, ...rest } = given;
  const numbers = new Map<string, number>();
  for (const [name, value] of Object.entries(rest)) {
    if (name !== 'iops-size' && !GROUP_KEYS.includes(name))
      return `Invalid parameter 'throttling.${name}'`;
    const text = optionalString(value) ?? '';
    if (!/^(?:\d+|0x[0-9a-f]+)$/iu.test(text))
      return `Parameter 'throttling.${name}' expects a number`;
    numbers.set(name, Number(text));
  }
  const config = changeConfig(
    NO_LIMITS,
    (name, part) => numbers.get(groupKey(name, part)),
    numbers.get('iops-size'),
  );
  return refuseConfig(config) ?? { config, group: optionalString(group) ?? null };
}
