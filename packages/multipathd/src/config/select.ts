// select.ts — Selects a setting of a map or a path: the first section that has it wins. Mirrors libmultipath/propsel.c.
import { compileRule, matchesRule } from './blacklist.ts';
import type { Config, DeviceEntry, ProtocolEntry } from './config.ts';
import { DEFAULTS } from './keywords.ts';
import type { Settings, Value } from './settings.ts';
import { textOf } from './settings.ts';

/** The entries for an array, the one that wins first. */
export function matchingDevices(
  { devices }: Config,
  array: { readonly vendor: string; readonly product: string; readonly rev: string },
): DeviceEntry[] {
  return devices.filter(({ settings }) => matchesArray(settings, array)).toReversed();
}

function matchesArray(
  settings: Settings,
  array: { readonly vendor: string; readonly product: string; readonly rev: string },
): boolean {
  const holds = (keyword: string, word: string): boolean => {
    const pattern = textOf(settings, keyword);
    if (pattern === undefined) return true;
    const rule = compileRule(pattern);
    return rule !== null && matchesRule(rule, word);
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
  return (
    map.entry?.get(keyword) ??
    config.overrides?.get(keyword) ??
    selectFromDevices(map.devices, keyword) ??
    config.defaults.get(keyword) ??
    DEFAULTS.get(keyword)
  );
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
