// load-config.ts — The configuration in force: built-in tables, /etc/multipath.conf, /etc/multipath/conf.d, what follows from them. Mirrors libmultipath/config.c: _init_config.
import { decodeUtf8 } from '@dmsim/libc';
import type { Process, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Directory } from '@dmsim/vfs';
import { lookupPath, openPath, readAll } from '@dmsim/vfs';

import type { Log } from '../log.ts';
import type { DeviceRule, Rule } from './blacklist.ts';
import { compileRule, createBlacklist } from './blacklist.ts';
import type { Config, DeviceEntry } from './config.ts';
import { builtInDevices } from './hardware-table.ts';
import { parseFile } from './parse-file.ts';
import { reconcileFeatures } from './reconcile-features.ts';
import type { Settings } from './settings.ts';
import { textOf } from './settings.ts';

export const CONFIG_FILE = '/etc/multipath.conf';
export const CONFIG_DIRECTORY = '/etc/multipath/conf.d';
const POLLING_INTERVAL = 5;

/** The places of the files, and the function that reports their mistakes. */
export interface ConfigContext {
  readonly process: Process;
  readonly root: Directory;
  readonly log: Log;
}

/** Null when the main file can't be used; what is wrong has been said. Without any file the built-in configuration. */
export function* loadConfig(context: ConfigContext): Task<Config | null> {
  const { log } = context;
  const config = createConfig();
  const main = yield* readText(context, CONFIG_FILE, { isExpected: false });
  if (main !== null) {
    const builtIn = config.devices.length;
    if (!parseFile(config, log, { file: CONFIG_FILE, text: main })) {
      log.put(0, 'error parsing config file');
      return null;
    }
    factorizeDevices(config, log, { from: builtIn, source: CONFIG_FILE });
    validateProtocols(config, log, { from: 0, source: CONFIG_FILE });
  }
  yield* readDirectory(context, config);
  setIntervals(config);
  const { pollingInterval, maxPollingInterval } = config;
  log.put(3, `polling interval: ${pollingInterval}, max: ${maxPollingInterval}`);
  addBuiltInBlacklist(config);
  mergeMultipaths(config, log);
  mergeProtocols(config);
  return config;
}

function createConfig(): Config {
  return {
    defaults: new Map(),
    overrides: null,
    protocols: [],
    devices: [...builtInDevices()],
    multipaths: [],
    blacklist: createBlacklist(),
    exceptions: createBlacklist(),
    pollingInterval: POLLING_INTERVAL,
    maxPollingInterval: POLLING_INTERVAL * 4,
  };
}

/** Null if it can't be read; for a file that is expected to be there, that is said. */
function* readText(
  { process, root, log }: ConfigContext,
  path: string,
  { isExpected }: { readonly isExpected: boolean },
): Task<string | null> {
  const file = yield* openPath({ process, root, cwd: '/' }, path, { read: true, write: false });
  if (typeof file === 'string') {
    if (isExpected) log.put(0, `couldn't open configuration file '${path}': ${strerror(file)}`);
    return null;
  }
  const bytes = yield* readAll(process, file);
  file.release(process);
  return typeof bytes === 'string' ? null : decodeUtf8(bytes);
}

/** Files ending in `.conf`, by name; a wrong one counts as far as it could be read. */
function* readDirectory(context: ConfigContext, config: Config): Task<void> {
  const { log, root } = context;
  const directory = lookupPath(CONFIG_DIRECTORY, { root, cwd: '/' });
  if (directory === 'ENOENT') log.put(3, `No configuration dir '${CONFIG_DIRECTORY}'`);
  if (typeof directory === 'string' || directory.kind !== 'directory') return;
  const names = directory.entries().filter((name) => name.endsWith('.conf'));
  for (const name of names.toSorted()) {
    const path = `${CONFIG_DIRECTORY}/${name}`;
    const text = yield* readText(context, path, { isExpected: true });
    if (text === null) continue;
    const from = { devices: config.devices.length, protocols: config.protocols.length };
    parseFile(config, log, { file: path, text });
    factorizeDevices(config, log, { from: from.devices, source: name });
    validateProtocols(config, log, { from: from.protocols, source: name });
  }
}

interface FromFile {
  /** Index of the first entry of the file. */
  readonly from: number;
  readonly source: string;
}

const KEYS = ['vendor', 'product', 'revision'] as const;

/** An entry that has no vendor or product goes. Of those for the very same arrays, built-in ones too, the last one takes in what the others say. */
function factorizeDevices(config: Config, log: Log, { from, source }: FromFile): void {
  const { devices } = config;
  if (devices.length === from) return;
  const added = devices.splice(from).filter(({ settings }) => {
    if (settings.has('vendor') && settings.has('product')) return true;
    log.put(0, `device config in ${source} missing vendor or product parameter`);
    return false;
  });
  const last = new Map(added.map((entry) => [arrayOf(entry), entry]));
  const takesIn = (level: number) => (entry: DeviceEntry) => {
    const twin = last.get(arrayOf(entry));
    if (twin === undefined || twin === entry) return true;
    const what = `duplicate device section for ${arrayOf(entry)} in ${source}`;
    log.put(level, `factorize_hwtable: ${what}`);
    for (const [key, value] of entry.settings) {
      if (!twin.settings.has(key)) twin.settings.set(key, value);
    }
    reconcileFeatures(twin.settings, log, nameOf(twin));
    return false;
  };
  devices.push(...devices.splice(0).filter(takesIn(3)), ...added.filter(takesIn(1)));
}

/** As messages name it: as much as a vendor and a product of an inquiry may be long. */
const nameOf = ({ settings }: DeviceEntry): string =>
  `${textOf(settings, 'vendor')}/${textOf(settings, 'product')}`.slice(0, LONGEST_NAME);

const LONGEST_NAME = 25;

const arrayOf = ({ settings }: DeviceEntry): string =>
  KEYS.map((key) => textOf(settings, key) ?? '(null)').join(':');

function validateProtocols(config: Config, log: Log, { from, source }: FromFile): void {
  const kept = config.protocols.splice(from).filter(({ settings }) => {
    if (settings.has('type')) return true;
    log.put(0, `protocol section in ${source} missing type`);
    return false;
  });
  config.protocols.push(...kept);
}

/** The last of several sections for one protocol stays, and takes over settings that only earlier ones have. */
function mergeProtocols({ protocols }: Config): void {
  const byType = new Map<unknown, Settings>();
  for (const { settings } of protocols.splice(0)) {
    const type = settings.get('type');
    const earlier = byType.get(type) ?? [];
    byType.delete(type);
    byType.set(type, new Map([...earlier, ...settings]));
  }
  protocols.push(...[...byType.values()].map((settings) => ({ settings })));
}

const LONGEST = 2 ** 32 - 1;

/** Only the longest said: the shortest is a quarter of it; only the shortest said: the longest is four times it. */
function setIntervals(config: Config): void {
  const min = config.defaults.get('polling_interval') as number | undefined;
  const max = (config.defaults.get('max_polling_interval') as number | undefined) ?? 0;
  if (max === 0) {
    config.pollingInterval = min ?? POLLING_INTERVAL;
    config.maxPollingInterval = Math.min(config.pollingInterval * 4, LONGEST);
  } else {
    config.pollingInterval = Math.min(min ?? Math.max(Math.floor(max / 4), 1), max);
    config.maxPollingInterval = max;
  }
}

const DEVNODES = '!^(sd[a-z]|dasd[a-z]|nvme[0-9])';
const PROPERTIES = '(SCSI_IDENT_|ID_WWN)';

/** After those of the user: disks only, and LUNs that the built-in table knows to be no disks. */
function addBuiltInBlacklist({ blacklist, exceptions, devices }: Config): void {
  addRule(blacklist.devnode, DEVNODES);
  addRule(exceptions.property, PROPERTIES);
  const { device: rules } = blacklist;
  const ofUser = rules.slice();
  for (const entry of devices) {
    const rule = entry.builtIn ? builtInRules().get(entry) : productRule(entry);
    if (rule === undefined || rules.includes(rule)) continue;
    if ((entry.builtIn ? ofUser : rules).some((other) => isSameRule(other, rule))) continue;
    rules.push(rule);
    if (!entry.builtIn) ofUser.push(rule);
  }
}

/** For the LUNs of an array that are no disks; undefined if its entry names none. */
function productRule({ settings }: DeviceEntry): DeviceRule | undefined {
  const product = textOf(settings, 'product_blacklist');
  if (product === undefined) return undefined;
  const vendor = compileRule(textOf(settings, 'vendor') ?? '', true);
  const lun = compileRule(product, true);
  return vendor === null || lun === null ? undefined : { vendor, product: lun };
}

const isSameRule = (one: DeviceRule, other: DeviceRule): boolean =>
  one.vendor?.pattern === other.vendor?.pattern && one.product?.pattern === other.product?.pattern;

/** Those of the built-in table; entries with the same rule share it. */
function builtInRules(): ReadonlyMap<DeviceEntry, DeviceRule> {
  if (rulesOfTable.size > 0) return rulesOfTable;
  for (const entry of builtInDevices()) {
    const rule = productRule(entry);
    if (rule === undefined) continue;
    const known = [...rulesOfTable.values()].find((other) => isSameRule(other, rule));
    rulesOfTable.set(entry, known ?? rule);
  }
  return rulesOfTable;
}

const rulesOfTable = new Map<DeviceEntry, DeviceRule>();

function addRule(rules: Rule[], pattern: string): void {
  const rule = compileRule(pattern, true);
  if (rule !== null && !rules.some((other) => other.pattern === pattern)) rules.push(rule);
}

/** By WWID; of two for one map the later one wins, keyword by keyword. */
function mergeMultipaths({ multipaths }: Config, log: Log): void {
  const byWwid = new Map<string, Settings>();
  for (const entry of multipaths.splice(0)) {
    const wwid = textOf(entry, 'wwid');
    if (wwid === undefined) log.put(0, 'multipaths config section missing wwid');
    else {
      const earlier = byWwid.get(wwid);
      if (earlier !== undefined) {
        log.put(1, `merge_mptable: duplicate multipath config section for ${wwid}`);
      }
      byWwid.set(wwid, new Map([...(earlier ?? []), ...entry]));
    }
  }
  const sorted = [...byWwid].toSorted(([a], [b]) => (a < b ? -1 : 1));
  multipaths.push(...sorted.map(([, entry]) => entry));
}
