// select.ts — Selects a setting of a map or a path: the first section that has it wins. Mirrors libmultipath/propsel.c.
import { compileExpression } from './blacklist.ts';
import type { Config, DeviceEntry, ProtocolEntry } from './config.ts';
import { builtInDevices } from './hardware-table.ts';
import { DEFAULTS } from './keywords.ts';
import type { Settings, Value } from './settings.ts';
import { textOf } from './settings.ts';

/** An array's answer to an inquiry. */
interface DiskArray {
  readonly vendor: string;
  readonly product: string;
  readonly rev: string;
}

/** The entries for an array, the one that wins first. */
export function matchingDevices({ devices }: Config, array: DiskArray): readonly DeviceEntry[] {
  const builtIn = matchingBuiltIn(array);
  const matches: DeviceEntry[] = [];
  for (let i = devices.length - 1; i >= 0; i--) {
    const entry = devices[i] as DeviceEntry;
    // Most arrays are not in the table.
    if (entry.builtIn && builtIn.size === 0) break;
    if (entry.builtIn ? builtIn.has(entry) : matchesArray(entry, array)) matches.push(entry);
  }
  return matches;
}

/** Each call of multipath asks for the same few arrays. */
const MAX_ARRAYS = 100;
const known = new Map<string, ReadonlySet<DeviceEntry>>();

function matchingBuiltIn(array: DiskArray): ReadonlySet<DeviceEntry> {
  const key = `${array.vendor}\0${array.product}\0${array.rev}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const matches = new Set(builtInDevices().filter((entry) => matchesArray(entry, array)));
  if (known.size >= MAX_ARRAYS) known.clear();
  known.set(key, matches);
  return matches;
}

function matchesArray({ settings }: DeviceEntry, array: DiskArray): boolean {
  const holds = (keyword: string, word: string): boolean => {
    const pattern = textOf(settings, keyword);
    if (pattern === undefined) return true;
    return compileExpression(pattern)?.test(word) === true;
  };
  return (
    holds('vendor', array.vendor) && holds('product', array.product) && holds('revision', array.rev)
  );
}

/** The setting in the entries for an array, without defaults. */
export function selectFromDevices(
  entries: readonly DeviceEntry[],
  keyword: string,
): Value | undefined {
  for (const { settings } of entries) {
    const value = settings.get(keyword);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Selects a setting for a map from its entry, the overrides, the devices, the defaults and the built-in values. Undefined if none has it. */
export function selectForMap(
  config: Config,
  map: { readonly entry: Settings | undefined; readonly devices: readonly DeviceEntry[] },
  keyword: string,
): Value | undefined {
  return map.entry?.get(keyword) ?? selectForPath(config, map.devices, keyword);
}

/** Selects a setting of a path from overrides, devices, defaults, and the built-in values. */
export function selectForPath(
  config: Config,
  devices: readonly DeviceEntry[],
  keyword: string,
): Value | undefined {
  return (
    config.overrides?.get(keyword) ??
    selectFromDevices(devices, keyword) ??
    config.defaults.get(keyword) ??
    DEFAULTS.get(keyword)
  );
}

/** Selects a transport time-out; the protocol's entry of overrides comes first. */
export function selectTimeout(
  config: Config,
  { devices, protocol }: { readonly devices: readonly DeviceEntry[]; readonly protocol: string },
  keyword: string,
): Value | undefined {
  const own = config.protocols.find(
    ({ settings }: ProtocolEntry) =>
      settings.get('type') === protocol && settings.get(keyword) !== undefined,
  );
  return own?.settings.get(keyword) ?? selectForPath(config, devices, keyword);
}
