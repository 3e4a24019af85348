// list-other.ts — `show status`, `daemon`, `config`, `blacklist`, `devices`, `wildcards`.
import type { Task } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import type { Blacklist, Rule } from '../config/blacklist.ts';
import { printConfig } from '../config/print-config.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { filterDevnode } from '../discovery/filter-path.ts';
import { usedDevices } from '../maps/used-devices.ts';
import { PATH_STATES } from '../path.ts';
import type { Columns } from '../print/columns.ts';
import { GROUP_COLUMNS, MAP_COLUMNS } from '../print/map-columns.ts';
import { PATH_COLUMNS } from '../print/path-columns.ts';
import { findPath } from '../session.ts';
import type { Command } from './command.ts';

/** Every path is counted by what its checker said last; `paths` has only those that the daemon has open: a disk that was offline since it was found is not. */
function status({ paths, uevents, dispatching }: Daemon): string {
  const lines = PATH_STATES.flatMap((state) => {
    const count = paths.filter((path) => path.state === state).length;
    return count === 0 ? [] : [`${state.padEnd(20)}${count}\n`];
  });
  const monitored = paths.filter(({ isOpen }) => isOpen).length;
  const isBusy = dispatching || uevents.arrived.length > 0 || uevents.waiting.length > 0;
  const busy = isBusy ? 'True' : 'False';
  return `path checker states:\n${lines.join('')}\npaths: ${monitored}\nbusy: ${busy}\n`;
}

export const listStatus: Command = {
  keys: 'list status',
  said: 'list status',
  run: (daemon) => ready(status(daemon)),
};

export const listDaemon: Command = {
  keys: 'list daemon',
  said: 'list daemon',
  unlocked: true,
  run: ({ pid, state }) => ready(`pid ${pid} ${state}\n`),
};

export const listConfig: Command = {
  keys: 'list config',
  said: 'list config',
  run: ({ config }) => ready(printConfig(config, { devices: config.devices, maps: null })),
};

export const listConfigLocal: Command = {
  keys: 'list config local',
  said: 'list config local',
  run: (daemon) =>
    ready(printConfig(daemon.config, { devices: usedDevices(daemon), maps: daemon.maps })),
};

const EMPTY = '        <empty>\n';

const listedRule = (isDefault: boolean, text: string): string =>
  `        ${isDefault ? '(default rule)    ' : '(config file rule)'} ${text}\n`;

const listed = (of: readonly Rule[]): string =>
  of.length === 0
    ? EMPTY
    : of.map(({ pattern, isDefault }) => listedRule(isDefault, pattern)).join('');

const listedDevices = (of: Blacklist['device']): string =>
  of.length === 0
    ? EMPTY
    : of
        .map(({ vendor, product }) =>
          listedRule(
            (vendor ?? product)?.isDefault === true,
            `${vendor?.pattern ?? '(null)'}:${product?.pattern ?? '(null)'}`,
          ),
        )
        .join('');

function* blacklist({ config }: Daemon): Task<string> {
  yield* ready(undefined);
  const { blacklist: list, exceptions } = config;
  const group = (title: string, kind: 'devnode' | 'property' | 'protocol' | 'wwid'): string =>
    `${title} rules:\n- blacklist:\n${listed(list[kind])}- exceptions:\n${listed(exceptions[kind])}`;
  return [
    group('device node', 'devnode'),
    group('udev property', 'property'),
    group('protocol', 'protocol'),
    group('wwid', 'wwid'),
    `device rules:\n- blacklist:\n${listedDevices(list.device)}- exceptions:\n${listedDevices(exceptions.device)}`,
  ].join('');
}

export const listBlacklist: Command = {
  keys: 'list blacklist',
  said: 'list blacklist',
  run: blacklist,
};

function devices(daemon: Daemon): string {
  const lines = daemon.host.udev.blockDevices().map((dev) => {
    if (findPath(daemon, dev) !== undefined) return `    ${dev}  devnode whitelisted, monitored\n`;
    const list = filterDevnode(daemon, dev) ? 'blacklisted' : 'whitelisted';
    return `    ${dev} devnode ${list}, unmonitored\n`;
  });
  // Mapped devices are passed over without a word.
  return `available block devices:\n${lines.join('')}`;
}

export const listDevices: Command = {
  keys: 'list devices',
  said: 'list devices',
  run: (daemon) => ready(devices(daemon)),
};

const wildcards = <T>(title: string, columns: Columns<T>): string =>
  `${title} format wildcards:\n${columns.map(({ wildcard, header }) => `%${wildcard}  ${header}\n`).join('')}`;

export const listWildcards: Command = {
  keys: 'list wildcards',
  run: () =>
    ready(
      [
        wildcards('multipath', MAP_COLUMNS),
        wildcards('path', PATH_COLUMNS),
        wildcards('pathgroup', GROUP_COLUMNS),
      ].join('\n'),
    ),
};
