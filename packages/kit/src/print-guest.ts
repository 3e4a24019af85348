// print-guest.ts — Prints the virtual machine of a schedule, and the functions that do its I/O, as lines of a lab.
import {
  guestArguments,
  guestDevice,
  OVERLAY_FILE,
  stopsForErrors,
  VM,
  VM_VARIANT,
} from './guest-arguments.ts';
import { ADD_TARGET, END_JOBS, TARGET_FILE } from './guest-jobs.ts';
import type { GuestSetup, MonitorWord } from './schedule.ts';
import { MAP_SECTORS, UNIT } from './schedule.ts';
import { PART, TURNS } from './settle.ts';

const SOCKET = '/run/qmp';

/** The shell functions `write` and `read_`, which do I/O in the guest or in a program of the host. */
export function ioFunctions(guest: GuestSetup | undefined, path: string): string[] {
  const dd = (words: string): string => {
    const command = `dd ${words} status=none`;
    return guest === undefined ? command : `guest ${VM} "${command}"`;
  };
  const io = guest === undefined ? path : guestDevice(guest);
  const write = dd(`if=/dev/zero of=${io} bs=4096 seek=$1 count=$2 oflag=direct`);
  const read = dd(`if=${io} of=/dev/null bs=4096 skip=$1 count=$2 iflag=direct`);
  const flush = `guest ${VM} "dd if=/dev/null of=${io} conv=fsync,notrunc status=none"`;
  return [
    ioFunction('write', 'write', write),
    ioFunction('read_', 'read', read),
    ...(guest === undefined ? [] : [`flush() { ${sayHow('flush', flush)} }`]),
    ...(guest?.discard === true ? [ioFunction('discard', 'discard', discardCommand(guest))] : []),
  ];
}

/** -f: it does not look first whether something is on the disk. */
const discardCommand = (guest: GuestSetup): string =>
  `guest ${VM} "blkdiscard -f -o $(($1 * 4096)) -l $(($2 * 4096)) ${guestDevice(guest)}"`;

const ioFunction = (name: string, word: string, command: string): string =>
  `${name}() { ${sayHow(`${word} $1+$2`, command)} }`;

const sayHow = (what: string, command: string): string =>
  `if ${command} 2>/dev/null; then echo "${what} completed"; else echo "${what} FAILED"; fi;`;

export function startLines(guest: GuestSetup, path: string, jobs: boolean): string[] {
  const { build, retryMode } = VM_VARIANT;
  const [program, ...args] = guestArguments(guest, path);
  return [
    `export DMSIM_QEMU_BUILD=${build} DMSIM_RETRY_MODE=${retryMode}`,
    ...(jobs ? [`truncate -s ${MAP_SECTORS * 512} ${TARGET_FILE}`] : []),
    ...(guest.overlay === true
      ? [`qemu-img create -q -f qcow2 ${OVERLAY_FILE} ${MAP_SECTORS * 512}`]
      : []),
    `${program} -name ${VM} -daemonize -nodefaults -display none -m 256 ${args.join(' ')} -qmp unix:${SOCKET},server=on,wait=off`,
    // The guest boots with its first script.
    `guest ${VM} true`,
    ...(jobs ? [qmpLine(ADD_TARGET)] : []),
  ];
}

export const monitorLine = (word: MonitorWord): string => qmpLine(`{"execute": "${word}"}`);

export const qmpLine = (text: string): string => `qmp ${SOCKET} '${text}' >/dev/null 2>&1`;

/** As `endJobs` does it. */
export function endJobLines(guest: GuestSetup): string[] {
  return [
    ...END_JOBS.map((text) => `${qmpLine(text)}; sleep 0.5`),
    `for at in $(seq 0 ${PART / UNIT} ${(MAP_SECTORS - PART) / UNIT}); do read_ $at ${PART / UNIT} & done`,
    ...goOnLines(guest),
  ];
}

/** As `goOn` does it. */
export function goOnLines(guest: GuestSetup): string[] {
  const again = `${monitorLine('stop')}; ${monitorLine('cont')}; sleep 0.5;`;
  return [
    `for turn in $(seq ${TURNS}); do ${monitorLine('cont')}; sleep 0.5; ${stopsForErrors(guest) ? `${again} ` : ''}done`,
  ];
}
