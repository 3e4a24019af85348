// config.ts — A configuration as it is in force: sections, tables, lists. Mirrors libmultipath/config.h: struct config.
import type { Blacklist } from './blacklist.ts';
import { DEFAULTS } from './keywords.ts';
import type { Settings, Value } from './settings.ts';

/** An entry of `devices`: arrays whose vendor, product and revision match. */
export interface DeviceEntry {
  readonly settings: Settings;
  readonly builtIn: boolean;
}

/** A `protocol` section of `overrides`. */
export interface ProtocolEntry {
  readonly settings: Settings;
}

export interface Config {
  readonly defaults: Settings;
  /** Null: there is no such section. */
  overrides: Settings | null;
  readonly protocols: ProtocolEntry[];
  /** Built-in entries first; later ones win. */
  readonly devices: DeviceEntry[];
  /** Entries of `multipaths`, sorted by WWID, each WWID once. */
  readonly multipaths: Settings[];
  readonly blacklist: Blacklist;
  readonly exceptions: Blacklist;
  /** Seconds between checks of a path: at least, at most. */
  pollingInterval: number;
  maxPollingInterval: number;
}

/** From the `defaults` section, or built in. */
export const defaultOf = ({ defaults }: Config, keyword: string): Value | undefined =>
  defaults.get(keyword) ?? DEFAULTS.get(keyword);

export const multipathEntry = ({ multipaths }: Config, wwid: string): Settings | undefined =>
  multipaths.find((entry) => entry.get('wwid') === wwid);
