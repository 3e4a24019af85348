// map-columns.ts — The wildcards of maps and of their groups. Mirrors libmultipath/print.c: mpd, pgd.
import type { Multipath, PathGroup } from '../multipath.ts';
import { countActive, pathsInGroups } from '../multipath.ts';
import type { Path } from '../path.ts';
import type { Columns } from './columns.ts';
import { formatProgress, formatSize } from './size.ts';

/** A delayed failback shows how far it has come; a manual one shows nothing. */
function failbackOf({ failback, failbackTick }: Multipath): string {
  if (failback === 'immediate' || failback === 'followover') return failback;
  if (failbackTick === 0) return '-';
  return formatProgress(failbackTick, typeof failback === 'number' ? failback : 0);
}

function queueingOf(map: Multipath): string {
  const { noPathRetry, retryTick } = map;
  switch (noPathRetry) {
    case 'fail':
      return 'off';
    case 'queue':
      return 'on';
    case 'undef':
      return '-';
    default:
      if (retryTick > 0) return `${retryTick} sec`;
      return countActive(map) > 0 ? `${noPathRetry} chk` : 'off';
  }
}

const sysfsOf = ({ info }: Multipath): string => (info === null ? 'undef' : `dm-${info.minor}`);

const protectionOf = ({ info }: Multipath): string =>
  info === null ? 'undef' : info.readOnly ? 'ro' : 'rw';

const stateOf = ({ info }: Multipath): string =>
  info === null ? 'undef' : info.suspended ? 'suspend' : 'active';

/** What the first path says that says it; `##` if none does. */
const fromPaths = (map: Multipath, show: (path: Path) => string): string =>
  pathsInGroups(map)
    .map(show)
    .find((text) => text !== '') ?? '##';

/** The first path that has both. */
function arrayOf(map: Multipath): string {
  const path = pathsInGroups(map).find(({ vendor, product }) => vendor !== '' && product !== '');
  return path === undefined ? '##,##' : `${path.vendor},${path.product}`;
}

const ACTIONS: Readonly<Record<Multipath['action'], string>> = {
  undef: '',
  nothing: '',
  reject: 'reject',
  reload: 'reload',
  switchpg: 'switchpg',
  rename: 'rename',
  create: 'create',
  resize: '',
  forcerename: '',
  'dry-run': '',
  impossible: '',
};

export const MAP_COLUMNS: Columns<Multipath> = [
  { wildcard: 'n', header: 'name', print: ({ alias, wwid }) => (alias === '' ? wwid : alias) },
  { wildcard: 'w', header: 'uuid', print: ({ wwid }) => wwid },
  { wildcard: 'd', header: 'sysfs', print: sysfsOf },
  { wildcard: 'F', header: 'failback', print: failbackOf },
  { wildcard: 'Q', header: 'queueing', print: queueingOf },
  { wildcard: 'N', header: 'paths', print: (map) => String(countActive(map)) },
  { wildcard: 'r', header: 'write_prot', print: protectionOf },
  { wildcard: 't', header: 'dm-st', print: stateOf },
  { wildcard: 'S', header: 'size', print: ({ size }) => formatSize(size) },
  { wildcard: 'f', header: 'features', print: ({ features }) => features },
  { wildcard: 'x', header: 'failures', print: ({ stats }) => String(stats.mapFailures) },
  { wildcard: 'h', header: 'hwhandler', print: ({ hardwareHandler }) => hardwareHandler },
  { wildcard: 'A', header: 'action', print: ({ action }) => ACTIONS[action] },
  { wildcard: '0', header: 'path_faults', print: ({ stats }) => String(stats.pathFaults) },
  { wildcard: '1', header: 'switch_grp', print: ({ stats }) => String(stats.switchGroups) },
  { wildcard: '2', header: 'map_loads', print: ({ stats }) => String(stats.mapLoads) },
  { wildcard: '3', header: 'total_q_time', print: ({ stats }) => String(stats.queueingTime) },
  { wildcard: '4', header: 'q_timeouts', print: ({ stats }) => String(stats.queueingTimeouts) },
  { wildcard: 's', header: 'vend/prod/rev', print: arrayOf },
  { wildcard: 'v', header: 'vend', print: (map) => fromPaths(map, ({ vendor }) => vendor) },
  { wildcard: 'p', header: 'prod', print: (map) => fromPaths(map, ({ product }) => product) },
  { wildcard: 'e', header: 'rev', print: (map) => fromPaths(map, ({ rev }) => rev) },
  { wildcard: 'G', header: 'foreign', print: () => '--' },
  { wildcard: 'g', header: 'vpd page data', print: () => '[undef]' },
];

/** A group, and the map whose selector it has. */
export interface GroupOfMap {
  readonly map: Multipath;
  readonly group: PathGroup;
}

export const GROUP_COLUMNS: Columns<GroupOfMap> = [
  { wildcard: 's', header: 'selector', print: ({ map }) => map.selector },
  { wildcard: 'p', header: 'pri', print: ({ group }) => String(group.priority) },
  { wildcard: 't', header: 'dm_st', print: ({ group }) => group.status },
  {
    wildcard: 'M',
    header: 'marginal_st',
    print: ({ group }) => (group.marginal ? 'marginal' : 'normal'),
  },
];
