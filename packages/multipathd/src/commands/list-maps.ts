// list-maps.ts — `show maps` and `show map` in all forms; each map is looked at anew before it is shown. Mirrors multipathd/cli_handlers.c: show_maps, show_maps_topology.
import type { Task } from '@dmsim/sim';

import type { Daemon } from '../daemon/daemon.ts';
import { updateMultipath } from '../daemon/setup-multipath.ts';
import type { Multipath } from '../multipath.ts';
import { formatHeader, formatRow, widthsOf } from '../print/columns.ts';
import { printMapJson, printMapsJson } from '../print/json.ts';
import { MAP_COLUMNS } from '../print/map-columns.ts';
import { pathWidths, printTopology } from '../print/topology.ts';
import type { Arguments, Command, Reply } from './command.ts';
import { findNamedMap, mapWord } from './objects.ts';

/** Columns are as wide as what was known before the maps are looked at. */
function* table(
  daemon: Daemon,
  { format, raw }: { readonly format: string; readonly raw: boolean },
): Task<Reply> {
  const widths = raw ? undefined : widthsOf(MAP_COLUMNS, daemon.maps, { format, header: true });
  const rows: string[] = [];
  for (const map of daemon.maps.slice()) {
    if (!(yield* updateMultipath(daemon, map.alias, { reset: false }))) continue;
    rows.push(formatRow(MAP_COLUMNS, map, { format, widths }));
  }
  if (rows.length === 0) return true;
  return (widths === undefined ? '' : formatHeader(MAP_COLUMNS, format, widths)) + rows.join('');
}

const fixed = (keys: string, format: string): Command => ({
  keys,
  said: keys,
  run: (daemon) => table(daemon, { format, raw: false }),
});

export const listMaps: Command = fixed('list maps', '%n %d %w');
export const listMapsStatus: Command = fixed('list maps status', '%n %F %Q %N %t %r');
export const listMapsStats: Command = fixed('list maps stats', '%n %0 %1 %2 %3 %4');

export const listMapsFormat: Command = {
  keys: 'list maps format',
  said: 'list maps',
  run: (daemon, args) => table(daemon, { format: args.get('format') ?? '', raw: false }),
};

export const listMapsRaw: Command = {
  keys: 'list maps raw format',
  said: 'list maps',
  run: (daemon, args) => table(daemon, { format: args.get('format') ?? '', raw: true }),
};

function* topology(daemon: Daemon): Task<Reply> {
  const widths = pathWidths(daemon.paths);
  let text = '';
  for (const map of daemon.maps.slice()) {
    if (!(yield* updateMultipath(daemon, map.alias, { reset: false }))) continue;
    text += printTopology(map, { verbosity: 2, widths });
  }
  return text;
}

const wholeTopology = (keys: string): Command => ({
  keys,
  said: 'list multipaths',
  run: topology,
});

export const listTopology: Command = wholeTopology('list topology');
export const listMapsTopology: Command = wholeTopology('list maps topology');

export const listMapsJson: Command = {
  keys: 'list maps json',
  said: 'list multipaths json',
  *run(daemon) {
    for (const map of daemon.maps.slice()) {
      if (!(yield* updateMultipath(daemon, map.alias, { reset: false }))) return false;
    }
    return printMapsJson(daemon.maps);
  },
};

/** False when there is no such map, or it has gone. `what` of it is asked for. */
function* oneMap(daemon: Daemon, args: Arguments, what = ''): Task<Multipath | false> {
  const word = mapWord(args);
  const map = findNamedMap(daemon, word);
  if (map === undefined) return false;
  daemon.log.put(3, `list multipath ${what}${word} (operator)`);
  return (yield* updateMultipath(daemon, map.alias, { reset: false })) && map;
}

export const listMapTopology: Command = {
  keys: 'list map topology',
  *run(daemon, args) {
    const widths = pathWidths(daemon.paths);
    const map = yield* oneMap(daemon, args);
    return map !== false && printTopology(map, { verbosity: 2, widths });
  },
};

export const listMapJson: Command = {
  keys: 'list map json',
  *run(daemon, args) {
    const map = yield* oneMap(daemon, args, 'json ');
    return map !== false && printMapJson(map);
  },
};

/** Padded, but without a heading; it is not looked at anew. */
const mapFormat = (keys: string): Command => ({
  keys,
  *run(daemon, args) {
    const format = args.get('format') ?? '';
    const widths = widthsOf(MAP_COLUMNS, daemon.maps, { format, header: true });
    const map = findNamedMap(daemon, mapWord(args));
    if (map !== undefined) {
      daemon.log.put(3, `list map ${mapWord(args)} fmt ${format} (operator)`);
    }
    return map !== undefined && formatRow(MAP_COLUMNS, map, { format, widths });
  },
});

export const listMapFormat: Command = mapFormat('list map format');
export const listMapRaw: Command = mapFormat('list map raw format');
