// load-config.ts — The configuration in force: built-in tables, /etc/multipath.conf, /etc/multipath/conf.d, what follows from them. Mirrors libmultipath/config.c: _init_config.
import { decodeUtf8 } from '@dmsim/libc';
import type { Process, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Directory } from '@dmsim/vfs';
import { lookupPath, openPath, readAll } from '@dmsim/vfs';

import type { Log } from '../log.ts';
import type { DeviceRule, Rule } from './blacklist.ts';
import { compileRule, createBlacklist, mergeRules } from './blacklist.ts';
import type { Config, DeviceEntry } from './config.ts';
import { builtInDevices } from './hardware-table.ts';
import { parseFile } from './parse-file.ts';
import { reconcileFeatures } from './reconcile-features.ts';
import type { Settings } from './settings.ts';
import { textOf } from './settings.ts';
import type { Users } from './users.ts';
import { parseUsers } from './users.ts';

export const CONFIG_FILE = '/etc/multipath.conf';
export const CONFIG_DIRECTORY = '/etc/multipath/conf.d';
const POLLING_INTERVAL = 5;

/** The places of the files, and the function that reports their mistakes. */
export interface ConfigContext {
  readonly process: Process;
  readonly root: Directory;
  readonly log: Log;
}

/** Null when the files can't be used; what is wrong has been said, but for a `product_blacklist` that is no regular expression. Without any file the built-in configuration. */
export function* loadConfig(context: ConfigContext): Task<Config | null> {
  const { log } = context;
  const config = createConfig();
  const users = parseUsers(yield* readText(context, '/etc/passwd', { isExpected: false }));
  const main = yield* readText(context, CONFIG_FILE, { isExpected: false });
  if (main !== null) {
    const builtIn = config.devices.length;
    if (!parseFile(config, log, { file: CONFIG_FILE, text: main, users })) {
      log.put(0, 'error parsing config file');
      return null;
    }
    factorizeDevices(config, log, { from: builtIn, source: CONFIG_FILE });
    validateProtocols(config, log, { from: 0, source: CONFIG_FILE });
  }
  yield* readDirectory(context, config, users);
  setIntervals(config);
  const { pollingInterval, maxPollingInterval } = config;
  log.put(3, `polling interval: ${pollingInterval}, max: ${maxPollingInterval}`);
  if (!addBuiltInBlacklist(config)) return null;
  for (const list of [config.blacklist, config.exceptions]) mergeRules(list, log);
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
function* readDirectory(context: ConfigContext, config: Config, users: Users): Task<void> {
  const { log, root } = context;
  const directory = lookupPath(CONFIG_DIRECTORY, { root, cwd: '/' });
  if (directory === 'ENOENT') log.put(3, `No configuration dir '${CONFIG_DIRECTORY}'`);
  else if (typeof directory === 'string' || directory.kind !== 'directory') {
    const reason = strerror(typeof directory === 'string' ? directory : 'ENOTDIR');
    log.put(0, `couldn't open configuration dir '${CONFIG_DIRECTORY}': ${reason}`);
  }
  if (typeof directory === 'string' || directory.kind !== 'directory') return;
  const names = directory.entries().filter((name) => name.endsWith('.conf'));
  for (const name of names.toSorted()) {
    const path = `${CONFIG_DIRECTORY}/${name}`;
    const text = yield* readText(context, path, { isExpected: true });
    if (text === null) continue;
    const from = { devices: config.devices.length, protocols: config.protocols.length };
    parseFile(config, log, { file: path, text, users });
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

/** Drops entries without a vendor or a product. Of those for the very same arrays, built-in ones too, each goes into the next one of the file, which keeps what it says itself. */
function factorizeDevices(config: Config, log: Log, { from, source }: FromFile): void {
  const { devices } = config;
  if (devices.length === from) return;
  const added = twinsIn(devices.slice(from));
  const kept = devices.filter((entry, i) => {
    if (i >= from && !namesArray(entry)) {
      log.put(0, `device config in ${source} missing vendor or product parameter`);
      return false;
    }
    const twins = added.get(arrayOf(entry));
    if (i >= from) twins?.shift();
    const next = twins?.[0];
    if (next === undefined) return true;
    const what = `duplicate device section for ${arrayOf(entry)} in ${source}`;
    log.put(i >= from ? 1 : 3, `factorize_hwtable: ${what}`);
    inheritSettings(next.settings, entry.settings);
    reconcileFeatures(next.settings, log, nameOf(next));
    return false;
  });
  devices.splice(0, devices.length, ...kept);
}

const namesArray = ({ settings }: DeviceEntry): boolean =>
  settings.has('vendor') && settings.has('product');

/** The entries for each array, in their order. */
function twinsIn(entries: readonly DeviceEntry[]): Map<string, DeviceEntry[]> {
  const byArray = new Map<string, DeviceEntry[]>();
  for (const entry of entries.filter(namesArray)) {
    const key = arrayOf(entry);
    const twins = byArray.get(key);
    if (twins === undefined) byArray.set(key, [entry]);
    else twins.push(entry);
  }
  return byArray;
}

/** Takes over settings of an earlier section that the later one does not have. Empty words are left behind. */
function inheritSettings(later: Settings, earlier: Settings): void {
  for (const [key, value] of earlier) {
    if (value !== '' && !later.has(key)) later.set(key, value);
  }
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

/** After those of the user: disks only, and LUNs that the built-in table knows to be no disks. False when an entry of the user names such LUNs by what is no regular expression. */
function addBuiltInBlacklist({ blacklist, exceptions, devices }: Config): boolean {
  addRule(blacklist.devnode, DEVNODES);
  addRule(exceptions.property, PROPERTIES);
  const { device: rules } = blacklist;
  const ofUser = rules.slice();
  for (const entry of devices) {
    if (!entry.settings.has('product_blacklist')) continue;
    const rule = entry.builtIn ? builtInRules().get(entry) : productRule(entry);
    if (rule === undefined) return false;
    if (rules.includes(rule)) continue;
    if ((entry.builtIn ? ofUser : rules).some((other) => isSameRule(other, rule))) continue;
    rules.push(rule);
    if (!entry.builtIn) ofUser.push(rule);
  }
  return true;
}

/** For the LUNs of an array that are no disks; undefined if its entry names none, or they can't be matched. */
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
  const named = multipaths.splice(0).filter((entry) => {
    if (entry.has('wwid')) return true;
    log.put(0, 'multipaths config section missing wwid');
    return false;
  });
  for (const entry of named.toSorted((a, b) => compareText(wwidOf(a), wwidOf(b)))) {
    const earlier = multipaths.at(-1);
    if (earlier !== undefined && wwidOf(earlier) === wwidOf(entry)) {
      log.put(1, `merge_mptable: duplicate multipath config section for ${wwidOf(entry)}`);
      inheritOwner(entry, earlier);
      inheritSettings(entry, earlier);
      multipaths.pop();
    }
    multipaths.push(entry);
  }
}

const OWNER = ['mode', 'uid', 'gid'] as const;

/** An entry that sets any of mode, uid and gid takes from an earlier one only what it sets to 0. */
function inheritOwner(later: Settings, earlier: Settings): void {
  if (!OWNER.some((keyword) => later.has(keyword))) return;
  for (const keyword of OWNER) {
    const value = earlier.get(keyword);
    if (!later.has(keyword)) earlier.delete(keyword);
    else if (value !== undefined && later.get(keyword) === 0) later.set(keyword, value);
  }
}

const wwidOf = (entry: Settings): string => textOf(entry, 'wwid') ?? '';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
