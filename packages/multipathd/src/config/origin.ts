// origin.ts — The origin of a setting, as the log gives it at verbosity 3. Mirrors libmultipath/propsel.c: default_origin and those beside it.
import type { Config, DeviceEntry } from './config.ts';
import type { Settings } from './settings.ts';

export const ORIGIN = {
  internal: 'multipath internal',
  multipaths: 'multipath.conf multipaths section',
  overrides: 'multipath.conf overrides section',
  protocol: 'multipath.conf overrides protocol section',
  devices: 'storage device configuration',
  defaults: 'multipath.conf defaults/devices section',
  detected: 'storage device autodetected',
} as const;

/** multipath-tools fills these in before it reads its files, so they count as configured. */
const FILLED_IN: ReadonlySet<string> = new Set(['ghost_delay', 'recheck_wwid', 'all_tg_pt']);

/** The origin of a path's setting, or of a map's whose own entry does not set it. */
export function originForPath(
  { overrides, defaults }: Config,
  devices: readonly DeviceEntry[],
  keyword: string,
): string {
  if (overrides?.has(keyword) === true) return ORIGIN.overrides;
  if (devices.some(({ settings }) => settings.has(keyword))) return ORIGIN.devices;
  const isConfigured = defaults.has(keyword) || FILLED_IN.has(keyword);
  return isConfigured ? ORIGIN.defaults : ORIGIN.internal;
}

export function originForMap(
  config: Config,
  {
    entry,
    devices,
  }: { readonly entry: Settings | undefined; readonly devices: readonly DeviceEntry[] },
  keyword: string,
): string {
  return entry?.has(keyword) === true ? ORIGIN.multipaths : originForPath(config, devices, keyword);
}

/** The origin of a transport time-out. */
export function originOfTimeout(
  config: Config,
  { devices, protocol }: { readonly devices: readonly DeviceEntry[]; readonly protocol: string },
  keyword: string,
): string {
  const hasOwn = config.protocols.some(
    ({ settings }) => settings.get('type') === protocol && settings.has(keyword),
  );
  return hasOwn ? ORIGIN.protocol : originForPath(config, devices, keyword);
}
