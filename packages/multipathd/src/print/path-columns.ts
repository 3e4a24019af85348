// path-columns.ts — The wildcards of paths. Mirrors libmultipath/print.c: pd.
import type { Path, PathState } from '../path.ts';
import { refuse } from '../refuse.ts';
import type { Columns } from './columns.ts';
import { formatProgress, formatSize } from './size.ts';

const UNDEF = '[undef]';

const CHECKER_STATES: Readonly<Record<PathState, string>> = {
  wild: 'undef',
  unchecked: 'undef',
  down: 'faulty',
  up: 'ready',
  shaky: 'shaky',
  ghost: 'ghost',
  pending: 'i/o pending',
  timeout: 'i/o timeout',
  removed: 'undef',
  delayed: 'delayed',
};

function nextCheck({ map, tick, interval }: Path): string {
  return map === null ? 'orphan' : formatProgress(tick, interval);
}

/** A path without a map is not open, so nothing is known of its device. */
function deviceState({ map, offline }: Path): string {
  if (map === null) return 'unknown';
  return offline ? 'offline' : 'running';
}

const orUndef = (name: string): string => (name === '' ? UNDEF : name);

/** Only the hosts of a fabric have names. */
function hostName({ protocol }: Path): string {
  return protocol === 'scsi:fcp' ? refuse('names of Fibre Channel hosts (%N, %R, json)') : UNDEF;
}

/** int_to_scsilun: four 16-bit levels, the first one first. */
const scsiLun = (lun: number): bigint =>
  (BigInt(lun % 65536) << 48n) | (BigInt(Math.floor(lun / 65536)) << 32n);

export const PATH_COLUMNS: Columns<Path> = [
  { wildcard: 'w', header: 'uuid', print: ({ wwid }) => wwid },
  { wildcard: 'i', header: 'hcil', print: ({ address }) => address.join(':') },
  { wildcard: 'd', header: 'dev', print: ({ dev }) => dev },
  { wildcard: 'D', header: 'dev_t', print: ({ devT }) => devT },
  { wildcard: 't', header: 'dm_st', print: ({ dmState }) => dmState },
  { wildcard: 'o', header: 'dev_st', print: deviceState },
  {
    wildcard: 'T',
    header: 'chk_st',
    print: ({ map, state }) => (map === null ? 'undef' : CHECKER_STATES[state]),
  },
  {
    wildcard: 's',
    header: 'vend/prod/rev',
    print: ({ vendor, product }) => `${vendor},${product}`,
  },
  {
    wildcard: 'c',
    header: 'checker',
    print: ({ checker }) => (checker === null || checker.type === null ? '(null)' : checker.name),
  },
  { wildcard: 'C', header: 'next_check', print: nextCheck },
  { wildcard: 'p', header: 'pri', print: ({ priority }) => String(priority) },
  { wildcard: 'S', header: 'size', print: ({ size }) => formatSize(size) },
  { wildcard: 'z', header: 'serial', print: ({ serial }) => serial },
  {
    wildcard: 'M',
    header: 'marginal_st',
    print: ({ marginal }) => (marginal ? 'marginal' : 'normal'),
  },
  { wildcard: 'm', header: 'multipath', print: ({ map }) => map?.alias ?? '[orphan]' },
  { wildcard: 'N', header: 'host WWNN', print: hostName },
  {
    wildcard: 'n',
    header: 'target WWNN',
    print: ({ targetNodeName }) => orUndef(targetNodeName),
  },
  { wildcard: 'R', header: 'host WWPN', print: hostName },
  {
    wildcard: 'r',
    header: 'target WWPN',
    print: ({ targetPortName }) => orUndef(targetPortName),
  },
  { wildcard: 'a', header: 'host adapter', print: () => UNDEF },
  { wildcard: 'G', header: 'foreign', print: () => '--' },
  { wildcard: 'g', header: 'vpd page data', print: () => UNDEF },
  { wildcard: '0', header: 'failures', print: ({ failCount }) => String(failCount) },
  { wildcard: 'P', header: 'protocol', print: ({ protocol }) => protocol },
  { wildcard: 'I', header: 'init_st', print: ({ initialized }) => initialized },
  {
    wildcard: 'L',
    header: 'LUN hex',
    print: ({ address: [, , , lun] }) => `0x${scsiLun(lun).toString(16).padStart(16, '0')}`,
  },
];
