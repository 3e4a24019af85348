// trigger.ts — `udevadm trigger`: asks the kernel for uevents of block devices. Mirrors systemd's udevadm-trigger.c.
import type { BlockDevice } from '@dmsim/block';
import type { Tool } from '@dmsim/coreutils';
import { Failure, refuse } from '@dmsim/coreutils';
import type { OptionTable, ParsedOptions } from '@dmsim/libc';
import { matchGlob } from '@dmsim/libc';

import type { Machine } from '../../machine.ts';
import type { TriggeredAction } from '../../udev/trigger.ts';
import { devpathOf, isTriggered, triggerUevent } from '../../udev/trigger.ts';
import { kernelName } from './info.ts';

export const TRIGGER: OptionTable = {
  short: 'vnqt:c:s:S:a:A:p:g:y:b:wu',
  long: {
    verbose: 'v',
    'dry-run': 'n',
    quiet: 'q',
    type: 't:',
    action: 'c:',
    'subsystem-match': 's:',
    'subsystem-nomatch': 'S:',
    'attr-match': 'a:',
    'attr-nomatch': 'A:',
    'property-match': 'p:',
    'tag-match': 'g:',
    'sysname-match': 'y:',
    'name-match': 'name:',
    'parent-match': 'b:',
    'initialized-match': 'initialized-match',
    'initialized-nomatch': 'initialized-nomatch',
    'prioritized-subsystem': 'prioritized-subsystem:',
    'wait-daemon': 'wait-daemon::',
    settle: 'w',
    uuid: 'u',
  },
};

const ACTIONS = ['add', 'remove', 'change', 'move', 'online', 'offline', 'bind', 'unbind'];

/** Options that select by things that simulated devices lack: other subsystems, tags, attributes by name. */
const REFUSED: ReadonlySet<string> = new Set([
  'u',
  'a',
  'A',
  'g',
  'b',
  'initialized-match',
  'initialized-nomatch',
  'prioritized-subsystem',
  'wait-daemon',
]);

type Given = ParsedOptions['given'];

/** True if the program waits for the events that it triggers. */
export function trigger(t: Tool, machine: Machine, { given, operands }: ParsedOptions): boolean {
  const has = (key: string): boolean => given.some(([k]) => k === key);
  for (const [key] of given) if (REFUSED.has(key)) refuse(t, `udevadm trigger -${key}`);
  const action = actionOf(t, given);
  if (action === null) return false;
  if (typeOf(given) === 'subsystems') return false;
  const named = namedDevices(t, machine, { given, operands });
  if (!machine.udev.running) return false;
  for (const dev of machine.layer.devices.values()) {
    if (named !== null && !named.has(dev.name)) continue;
    if (!isMatch(machine, dev, given)) continue;
    if (has('v')) t.out.put(`/sys${devpathOf(dev)}\n`);
    if (!has('n')) triggerUevent(machine, dev.name, action);
  }
  return has('w');
}

/** Returns null if `--action=help` asked for the list of actions, which it has printed. */
function actionOf(t: Tool, given: Given): TriggeredAction | null {
  let action = 'change';
  for (const [key, word] of given) {
    if (key !== 'c') continue;
    if (word === 'help') {
      t.out.put(ACTIONS.map((name) => `${name}\n`).join(''));
      return null;
    }
    if (!ACTIONS.includes(word)) throw new Failure(`Unknown action '${word}'\n`, 1);
    action = word;
  }
  if (isTriggered(action)) return action;
  return refuse(t, `udevadm trigger --action=${action}`);
}

function typeOf(given: Given): string {
  const type = given.findLast(([key]) => key === 't')?.[1] ?? 'devices';
  if (type === 'devices' || type === 'subsystems') return type;
  throw new Failure(`Unknown type --type=${type}\n`, 1);
}

/** The kernel names of devices that are given by path or node; null if none is given. */
function namedDevices(
  t: Tool,
  machine: Machine,
  { given, operands }: Pick<ParsedOptions, 'given' | 'operands'>,
): ReadonlySet<string> | null {
  const nodes = given.filter(([key]) => key === 'name').map(([, word]) => word);
  if (nodes.length === 0 && operands.length === 0) return null;
  const inDev = new Set(nodes.filter((word) => !word.startsWith('/')));
  const names = new Set<string>();
  for (const word of [...nodes, ...operands]) {
    const path = inDev.has(word) ? `/dev/${word}` : word;
    const name = kernelName(t, machine, path);
    if (name !== undefined && machine.layer.byName.has(name) && path.startsWith('/')) {
      names.add(name);
    } else if (word.startsWith('/sys/') && !/^\/sys\/(class\/)?block\//.test(word)) {
      refuse(t, `udevadm trigger ${word} (block devices only)`);
    } else {
      const why = /^\/(dev|sys)\//.test(word) ? 'No such device' : 'Invalid argument';
      throw new Failure(`Failed to open the device '${word}': ${why}\n`, 1);
    }
  }
  return names;
}

const isOneOf = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) => matchGlob(pattern, text));

/** At least one pattern of each kind that is given must match. */
function isMatch({ udev }: Machine, { name }: BlockDevice, given: Given): boolean {
  const all = (key: string): string[] => given.filter(([k]) => k === key).map(([, word]) => word);
  const [names, subsystems, properties] = [all('y'), all('s'), all('p')];
  if (names.length > 0 && !isOneOf(names, name)) return false;
  if (subsystems.length > 0 && !isOneOf(subsystems, 'block')) return false;
  if (isOneOf(all('S'), 'block')) return false;
  const record = udev.database.get(name)?.properties ?? new Map<string, string>();
  return properties.length === 0 || properties.some((pair) => hasProperty(record, pair));
}

/** Matches `NAME=VALUE`, both of them patterns. `NAME` alone would match an empty value only, and there are none. */
function hasProperty(properties: ReadonlyMap<string, string>, pair: string): boolean {
  const [name = '', value] = pair.split(/=(.*)/s);
  if (value === undefined) return false;
  return [...properties].some(([key, own]) => matchGlob(name, key) && matchGlob(value, own));
}
