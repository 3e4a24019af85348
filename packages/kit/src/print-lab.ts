// print-lab.ts — A schedule as a lab: a bash script that runs on Linux as it does here.
import { hasJobs, jobCommand } from './guest-jobs.ts';
import {
  endJobLines,
  goOnLines,
  ioFunctions,
  monitorLine,
  qmpLine,
  startLines,
} from './print-guest.ts';
import { mayWaitForEver, RESCUE_MESSAGE, RESCUE_SECONDS, RESCUES } from './rescue.ts';
import type { Command, CommandOf, Schedule, SuspendFlags, Table } from './schedule.ts';
import { MAP_SECTORS, PATHS, UNIT } from './schedule.ts';
import { healthy, TRANSITION_SECONDS } from './settle.ts';
import { tableLines } from './table-lines.ts';
import { MAP, TOP } from './world.ts';

const PATH_LETTERS = 'abcd';
const ALL_PATHS: readonly number[] = Array.from({ length: PATHS }, (_, path) => path);

/** Each I/O says how it ended; at the end everything is put right, so that all of it does. */
export function printLab(schedule: Schedule, title: string): string {
  const { stacked, table, commands, latencies = [], portGroups = false, guest } = schedule;
  const io = `/dev/mapper/${stacked ? TOP : MAP}`;
  return [
    ...title.split('\n').map((line) => `# ${line}`),
    `modprobe scsi_debug add_host=${PATHS} dev_size_mb=8${portGroups ? ' vpd_use_hostno=0' : ''}${guest?.discard === true ? ' lbpu=1' : ''}`,
    ...ioFunctions(guest, io),
    ...pathVariables(),
    ...(portGroups ? [...serveLines(ALL_PATHS), 'sleep 0.1'] : []),
    ...latencies.map((us, path) => `simctl latency $p${path} fixed ${us}us`),
    `dmsetup create ${MAP} --table "${tableText(table)}"`,
    ...(stacked ? [`dmsetup create ${TOP} --table "${topText()}"`] : []),
    ...(guest === undefined ? [] : startLines(guest, io, hasJobs(schedule))),
    ...(mayWaitForEver(schedule) ? [RESCUE] : []),
    ...commands.flatMap(printCommand),
    ...settleLines(schedule),
    'wait',
    '',
  ].join('\n');
}

const RESCAN =
  'rescan() { old=" $(echo /sys/block/sd*) "; echo "- - -" > /sys/class/scsi_host/host$1/scan; sleep 0.1; new=$2; for d in /sys/block/sd*; do case "$old" in *" $d "*) ;; *) new=${d##*/};; esac; done; }';

/** `d2` is path 2 as tables call it, also when its disk is gone. */
function pathVariables(): string[] {
  const lines = [RESCAN];
  for (let path = 0; path < PATHS; path++) {
    const name = `sd${PATH_LETTERS[path] ?? ''}`;
    lines.push(`p${path}=${name}; d${path}=$(cat /sys/block/${name}/dev)`);
  }
  return lines;
}

function tableText(table: Table): string {
  return tableLines(table, (path) => `$d${path}`)
    .map(({ start, length, type, params }) => `${start} ${length} ${type} ${params}`)
    .join('\n');
}

function topText(): string {
  const half = MAP_SECTORS / 2;
  const below = `/dev/mapper/${MAP}`;
  return `0 ${half} linear ${below} ${half}\n${half} ${half} linear ${below} 0`;
}

const QUIET = '2>/dev/null';

const RESCUE = `{ for i in $(seq ${RESCUES}); do sleep ${RESCUE_SECONDS}; dmsetup message ${MAP} 0 ${RESCUE_MESSAGE} ${QUIET}; done; sleep 1; dmsetup resume --noflush ${MAP} ${QUIET}; } &`;

type Printers = {
  readonly [K in Command['kind']]: (command: CommandOf<K>) => string[];
};

const PRINT: Printers = {
  write: ({ sector, nrSectors }) => [`write ${sector / UNIT} ${nrSectors / UNIT} &`],
  read: ({ sector, nrSectors }) => [`read_ ${sector / UNIT} ${nrSectors / UNIT} &`],
  'path-state': ({ path, state }) => [`echo ${state} ${QUIET} > /sys/block/$p${path}/device/state`],
  'path-message': ({ word, path }) => [messageLine(`"${word} $d${path}"`)],
  'group-message': ({ word, group }) => [messageLine(`${word} ${group}`)],
  queueing: ({ word }) => [messageLine(word)],
  delete: ({ path }) => [`echo 1 ${QUIET} > /sys/block/$p${path}/device/delete &`],
  rescan: ({ path }) => [rescanLine(path)],
  load: ({ table }) => [loadLine(table)],
  clear: () => [`dmsetup clear ${MAP}`],
  suspend: ({ flags, background }) => [
    `dmsetup suspend${flagText(flags)} ${MAP}${background ? ' & suspending=$!; suspends="$suspends $!"' : ''}`,
  ],
  resume: ({ flags }) => [`dmsetup resume${flagText(flags)} ${MAP} ${QUIET}`],
  swap: ({ flags, table }) => [
    `dmsetup suspend${flagText(flags)} ${MAP}`,
    loadLine(table),
    `dmsetup resume${flagText(flags)} ${MAP} ${QUIET}`,
  ],
  interrupt: () => [`[ -n "$suspending" ] && kill $suspending ${QUIET}`],
  stall: ({ path, ms }) => [`simctl stall ${ms}ms $p${path} ${QUIET}`],
  monitor: ({ word }) => [`${monitorLine(word)} &`],
  discard: ({ sector, nrSectors }) => [`discard ${sector / UNIT} ${nrSectors / UNIT} &`],
  flush: () => ['flush &'],
  job: (command) => [`${qmpLine(jobCommand(command))} &`],
  'job-control': (command) => [`${qmpLine(jobCommand(command))} &`],
  access: ({ path, state }) => [`simctl array state $p${path} ${state} ${QUIET}`],
  sleep: ({ ms }) => [`sleep ${ms / 1000}`],
};

const printCommand = (command: Command): string[] =>
  (PRINT[command.kind] as (command: Command) => string[])(command);

const messageLine = (message: string): string => `dmsetup message ${MAP} 0 ${message} ${QUIET}`;

const loadLine = (table: Table): string =>
  `dmsetup load ${MAP} --table "${tableText(table)}" ${QUIET}`;

const rescanLine = (path: number): string =>
  `rescan ${path} $p${path}; p${path}=$new; d${path}=$(cat /sys/block/$p${path}/dev ${QUIET} || echo $d${path})`;

const flagText = ({ noflush, lockFs }: SuspendFlags): string =>
  `${noflush ? ' --noflush' : ''}${lockFs ? '' : ' --nolockfs'}`;

const serveLines = (paths: readonly number[]): string[] => [
  ...paths.map((path) => `simctl array state $p${path} optimized ${QUIET}`),
  ...paths.map((path) => `echo 1 ${QUIET} > /sys/block/$p${path}/device/rescan`),
];

/** As `settle` does it. */
function settleLines(schedule: Schedule): string[] {
  const { table, commands, portGroups = false, guest } = schedule;
  const paths = ALL_PATHS;
  const gone = commands.some(({ kind }) => kind === 'delete');
  const suspends = commands.some((command) => command.kind === 'suspend' && command.background);
  const reinstate = paths.map(
    (path) => `dmsetup message ${MAP} 0 "reinstate_path $d${path}" ${QUIET}`,
  );
  const lines = [
    '# everything is put right again',
    'sleep 0.5',
    ...paths.map((path) => `echo running ${QUIET} > /sys/block/$p${path}/device/state`),
    ...(gone ? paths.map(rescanLine) : []),
    ...(portGroups ? [...serveLines(paths), `sleep ${TRANSITION_SECONDS}`] : []),
    ...reinstate,
    'sleep 0.5',
    `dmsetup resume --noflush ${MAP} ${QUIET}`,
    ...reinstate,
    'sleep 0.5',
    ...(suspends ? ['wait $suspends', `dmsetup resume --noflush ${MAP} ${QUIET}`] : []),
  ];
  const replace = [
    `dmsetup suspend --noflush ${MAP}`,
    `dmsetup load ${MAP} --table "${tableText(healthy(table))}"`,
    `dmsetup resume --noflush ${MAP}`,
  ];
  return [
    ...lines,
    ...(gone ? replace : []),
    ...(guest === undefined ? [] : goOnLines(guest)),
    ...(guest === undefined || !hasJobs(schedule) ? [] : endJobLines(guest)),
  ];
}
