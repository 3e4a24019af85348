// print-config.ts — The configuration as `multipath -t` and `multipathd show config` print it. Mirrors libmultipath/print.c: snprint_config.
import type { Blacklist } from './blacklist.ts';
import type { Config, DeviceEntry } from './config.ts';
import { DEFAULTS, SECTION_KEYWORDS, typeOf } from './keywords.ts';
import type { Settings, Value } from './settings.ts';
import { quoted } from './value-type.ts';

/** The parts that are printed beside the configured settings. */
export interface PrintOptions {
  /** Device entries to print. */
  readonly devices: readonly DeviceEntry[];
  /** Maps there are: entries of others are left out, maps without an entry get one. Null: entries as they are. */
  readonly maps: readonly NamedMap[] | null;
}

interface NamedMap {
  readonly wwid: string;
  readonly alias: string;
}

export function printConfig(config: Config, { devices, maps }: PrintOptions): string {
  return [
    `defaults {\n${printDefaults(config)}}\n`,
    `blacklist {\n${printBlacklist(config.blacklist)}}\n`,
    `blacklist_exceptions {\n${printBlacklist(config.exceptions)}}\n`,
    `devices {\n${devices.map(printDevice).join('')}}\n`,
    `overrides {\n${printOverrides(config)}}\n`,
    printMultipaths(config, maps),
  ].join('');
}

function printKeyword(keyword: string, value: Value | undefined, indent: string): string {
  if (value === undefined) return '';
  const text = typeOf(keyword).print(value);
  return text === '' ? '' : `${indent}${keyword} ${text}\n`;
}

function printSettings(settings: Settings, keywords: readonly string[], indent: string): string {
  return keywords.map((word) => printKeyword(word, settings.get(word), indent)).join('');
}

function printDefaults({ defaults, pollingInterval, maxPollingInterval }: Config): string {
  const known = new Map<string, Value>([
    ...DEFAULTS,
    ...defaults,
    ['polling_interval', pollingInterval],
    ['max_polling_interval', maxPollingInterval],
  ]);
  return printSettings(known, SECTION_KEYWORDS.defaults, '\t');
}

const lines = (kind: string, rules: Blacklist['devnode']): string =>
  rules.map(({ pattern }) => `\t${kind} ${quoted(pattern)}\n`).join('');

export function printBlacklist({ devnode, wwid, property, protocol, device }: Blacklist): string {
  // The real one opens an entry with its vendor and closes it with its product.
  const devices = device.map((entry) => {
    const vendor =
      entry.vendor === undefined ? '' : `\tdevice {\n\t\tvendor ${quoted(entry.vendor.pattern)}\n`;
    const product =
      entry.product === undefined ? '' : `\t\tproduct ${quoted(entry.product.pattern)}\n\t}\n`;
    return vendor + product;
  });
  return [
    lines('devnode', devnode),
    lines('wwid', wwid),
    lines('property', property),
    lines('protocol', protocol),
    ...devices,
  ].join('');
}

export const printDevice = ({ settings }: DeviceEntry): string =>
  `\tdevice {\n${printSettings(settings, SECTION_KEYWORDS.device, '\t\t')}\t}\n`;

function printOverrides({ overrides, protocols }: Config): string {
  if (overrides === null) return '';
  const own = printSettings(overrides, SECTION_KEYWORDS.overrides, '\t');
  const entries = protocols.map(
    ({ settings }) =>
      `\tprotocol {\n${printSettings(settings, SECTION_KEYWORDS.protocol, '\t\t')}\t}\n`,
  );
  return own + entries.join('');
}

/** The alias that a map has is told beside what was configured. */
function printMultipath(settings: Settings, map: NamedMap | undefined): string {
  const own = printSettings(settings, SECTION_KEYWORDS.multipath, '\t\t');
  const note = map === undefined || map.alias === map.wwid ? '' : `\t\t# alias "${map.alias}"\n`;
  return `\tmultipath {\n${own}${note}\t}\n`;
}

/** Prints no section if there are neither entries nor maps. One whose entries are all of maps that are not there is printed empty. */
function printMultipaths({ multipaths }: Config, maps: readonly NamedMap[] | null): string {
  if (multipaths.length === 0 && (maps === null || maps.length === 0)) return '';
  const configured = multipaths.map((settings) => {
    const map = maps?.find(({ wwid }) => wwid === settings.get('wwid'));
    return maps !== null && map === undefined ? '' : printMultipath(settings, map);
  });
  const others = (maps ?? [])
    .filter(({ wwid }) => !multipaths.some((settings) => settings.get('wwid') === wwid))
    .map((map) => printMultipath(new Map([['wwid', map.wwid]]), map));
  return `multipaths {\n${[...configured, ...others].join('')}}\n`;
}
