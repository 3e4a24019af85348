// print-guest.ts — The virtual machine of a schedule, and whatever does the I/O, as lines of a lab.
import { guestArguments, guestDevice, stopsForErrors, VM, VM_VARIANT } from './guest-arguments.ts';
import type { GuestSetup, MonitorWord } from './schedule.ts';
import { TURNS } from './settle.ts';

const SOCKET = '/run/qmp';

/** `write` and `read_`: in the guest, or in a program of the host. */
export function ioFunctions(guest: GuestSetup | undefined, path: string): string[] {
  const dd = (words: string): string => {
    const command = `dd ${words} status=none`;
    return guest === undefined ? command : `guest ${VM} "${command}"`;
  };
  const io = guest === undefined ? path : guestDevice(guest);
  const write = dd(`if=/dev/zero of=${io} bs=4096 seek=$1 count=$2 oflag=direct`);
  const read = dd(`if=${io} of=/dev/null bs=4096 skip=$1 count=$2 iflag=direct`);
  return [ioFunction('write', 'write', write), ioFunction('read_', 'read', read)];
}

const ioFunction = (name: string, word: string, command: string): string =>
  `${name}() { if ${command} 2>/dev/null; then echo "${word} $1+$2 completed"; else echo "${word} $1+$2 FAILED"; fi; }`;

export function startLines(guest: GuestSetup, path: string): string[] {
  const { build, retryMode } = VM_VARIANT;
  const [program, ...args] = guestArguments(guest, path);
  return [
    `export DMSIM_QEMU_BUILD=${build} DMSIM_RETRY_MODE=${retryMode}`,
    `${program} -name ${VM} -daemonize -nodefaults -display none -m 256 ${args.join(' ')} -qmp unix:${SOCKET},server=on,wait=off`,
    // It boots with its first script.
    `guest ${VM} true`,
  ];
}

export const monitorLine = (word: MonitorWord): string =>
  `qmp ${SOCKET} '{"execute": "${word}"}' >/dev/null 2>&1`;

/** As `goOn` does it. */
export function goOnLines(guest: GuestSetup): string[] {
  const again = `${monitorLine('stop')}; ${monitorLine('cont')}; sleep 0.5;`;
  return [
    `for turn in $(seq ${TURNS}); do ${monitorLine('cont')}; sleep 0.5; ${stopsForErrors(guest) ? `${again} ` : ''}done`,
  ];
}
