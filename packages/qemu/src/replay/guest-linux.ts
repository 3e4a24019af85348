// guest-linux.ts — A small Linux in the VM, limited to what recordings show: it boots, and runs `dd` on raw disks.
//
// How a driver reacts to errors tells such a guest from a bare queue: virtio-blk passes an error up at once;
// the SCSI and ATA layers resend an aborted command before they give up.
import type { Nanos } from '@dmsim/sim';
import { after, millis, seconds } from '@dmsim/sim';

import type { DiskOp, DiskRequest, DiskResult, GuestDisk } from '../devices/guest-disk.ts';
import { isRunning, requestReset } from '../vm/vm.ts';
import type { Vm } from '../vm/vm.ts';

/** A command on the guest's console. */
export interface GuestCommand {
  readonly text: string;
  /** The last line it printed; null while it runs. */
  output: string | null;
}

export interface GuestLinux {
  readonly vm: Vm;
  ready: boolean;
  /** Counts boots. A request of an earlier boot is ignored. */
  boot: number;
  /** The firmware has run since power-on. If it finds this set after a reset, it resets the machine once more. */
  firmwareRan: boolean;
}

/** How many times a failed SCSI or ATA command is sent again. */
const RETRIES = 5;
const MAX_REQUEST: number = 1 << 20;
const FIRMWARE: Nanos = millis(100);
const KERNEL: Nanos = seconds(6);
const POLL: Nanos = millis(10);

/** Starts with a guest that has already booted, as recordings do. */
export function startGuest(vm: Vm): GuestLinux {
  const guest: GuestLinux = { vm, ready: true, boot: 0, firmwareRan: true };
  for (const disk of vm.disks) disk.model.start(disk, { flush: true });
  vm.resetListeners.push(() => bootAgain(guest));
  return guest;
}

function bootAgain(guest: GuestLinux): void {
  const boot = ++guest.boot;
  guest.ready = false;
  whenRunning(guest, boot, () => firmware(guest, boot));
}

function firmware(guest: GuestLinux, boot: number): void {
  const { vm } = guest;
  if (guest.firmwareRan) {
    guest.firmwareRan = false;
    requestReset(vm, 'guest-reset');
    return;
  }
  guest.firmwareRan = true;
  later(guest, FIRMWARE, () => {
    if (guest.boot !== boot) return;
    // The firmware's driver does not use the flush feature.
    for (const disk of vm.disks) disk.model.start(disk, { flush: false });
    later(guest, KERNEL, () => {
      if (guest.boot !== boot) return;
      for (const disk of vm.disks) disk.model.start(disk, { flush: true });
      guest.ready = true;
    });
  });
}

const later = (guest: GuestLinux, delay: Nanos, fn: () => void): void => {
  after(guest.vm.sim, delay, 'guest', fn);
};

function whenRunning(guest: GuestLinux, boot: number, fn: () => void): void {
  if (guest.boot !== boot || guest.vm.exit !== null) return;
  if (isRunning(guest.vm)) fn();
  else later(guest, POLL, () => whenRunning(guest, boot, fn));
}

/** Runs a command of this form only: `dd if=… of=… bs=… [seek|skip]=… count=… [oflag|iflag]=direct conv=… 2>&1 | tail -1`. */
export function runInGuest(guest: GuestLinux, text: string): GuestCommand {
  const command: GuestCommand = { text, output: null };
  const dd = parseDd(text);
  if (dd === null) {
    command.output = `sh: ${text.split(' ')[0] ?? ''}: not simulated`;
    return command;
  }
  const disk = diskOf(guest, dd.device);
  if (disk === undefined) {
    command.output = `dd: can't open '${dd.device}': No such file or directory`;
    return command;
  }
  const { boot } = guest;
  transfer(guest, disk, dd, (output) => {
    if (guest.boot === boot) command.output = output;
  });
  return command;
}

interface Dd {
  readonly op: 'read' | 'write';
  readonly device: string;
  readonly offset: number;
  readonly bytes: number;
  readonly count: number;
  /** True: records go to the disk one after the other. False: all go at once, from the page cache. */
  readonly direct: boolean;
  readonly fsync: boolean;
}

function parseDd(text: string): Dd | null {
  const match = /^dd (.*) 2>&1 \| tail -1$/u.exec(text);
  if (match === null) return null;
  const words = (match[1] ?? '').split(' ').map((word) => word.split('='));
  const get = (name: string): string | undefined => words.findLast(([key]) => key === name)?.[1];
  const input = get('if') ?? '';
  const output = get('of') ?? '';
  const isRead = input.startsWith('/dev/vd') || input.startsWith('/dev/sd');
  const bs = parseSize(get('bs') ?? '512');
  const at = Number(get(isRead ? 'skip' : 'seek') ?? 0);
  const count = Number(get('count') ?? 1);
  return {
    op: isRead ? 'read' : 'write',
    device: isRead ? input : output,
    offset: at * bs,
    bytes: bs * count,
    count,
    direct: text.includes('flag=direct'),
    fsync: words.some(([key, value]) => key === 'conv' && value?.includes('fsync') === true),
  };
}

const parseSize = (text: string): number =>
  text.endsWith('M') ? Number(text.slice(0, -1)) << 20 : Number(text);

function diskOf(guest: GuestLinux, device: string): GuestDisk | undefined {
  const index = 'abcdefgh'.indexOf(device.at(-1) ?? '?');
  return guest.vm.disks[index];
}

function transfer(
  guest: GuestLinux,
  disk: GuestDisk,
  dd: Dd,
  done: (output: string) => void,
): void {
  const { op, device, count, direct } = dd;
  const whole = direct && count > 0 ? dd.bytes / count : dd.bytes;
  const failed = (error: GuestError): string =>
    `dd: ${device}: ${error === 'ENOSPC' ? 'No space left on device' : 'Input/output error'}`;
  const next = (at: number): void => {
    if (at < dd.bytes) {
      submitAll(guest, disk, pieces({ op, offset: dd.offset + at, bytes: whole }), (error) => {
        if (error === null) next(at + whole);
        else done(op === 'read' ? failed(error) : `${direct ? at / whole : 0}+0 records out`);
      });
    } else if (!dd.fsync) done(`${count}+0 records out`);
    else {
      const flush: Piece = { op: 'flush', offset: 0, bytes: 0 };
      submitAll(guest, disk, [flush], (error) =>
        done(error === null ? `${count}+0 records out` : failed(error)),
      );
    }
  };
  next(0);
}

/** The error that the block layer reports for a disk's answer. */
type GuestError = 'EIO' | 'ENOSPC';

const DATA_PROTECT = 7;

const errorOf = (result: DiskResult): GuestError =>
  result.kind === 'check-condition' && result.sense.key === DATA_PROTECT ? 'ENOSPC' : 'EIO';

interface Piece {
  readonly op: DiskOp;
  readonly offset: number;
  readonly bytes: number;
}

function pieces({ op, offset, bytes }: Pick<Dd, 'op' | 'offset' | 'bytes'>): Piece[] {
  const list: Piece[] = [];
  for (let at = 0; at < bytes; at += MAX_REQUEST) {
    list.push({ op, offset: offset + at, bytes: Math.min(MAX_REQUEST, bytes - at) });
  }
  return list;
}

function submitAll(
  guest: GuestLinux,
  disk: GuestDisk,
  list: readonly Piece[],
  done: (error: GuestError | null) => void,
): void {
  let left = list.length;
  let first: GuestError | null = null;
  for (const piece of list) {
    sendPiece(
      guest,
      disk,
      { piece, retries: disk.model.name === 'virtio-blk-pci' ? 0 : RETRIES },
      (error) => {
        first ??= error;
        if (--left === 0) done(first);
      },
    );
  }
}

interface Attempt {
  readonly piece: Piece;
  readonly retries: number;
}

/** A command that met a unit attention is sent again; an error about the disk's space is final. */
const isRetriable = (result: DiskResult): boolean =>
  result.kind !== 'ok' && result.kind !== 'unsupported' && errorOf(result) === 'EIO';

function sendPiece(
  guest: GuestLinux,
  disk: GuestDisk,
  { piece, retries }: Attempt,
  done: (error: GuestError | null) => void,
): void {
  const { op, offset, bytes } = piece;
  const data = op === 'flush' ? null : new Uint8Array(bytes).fill(op === 'write' ? 0x7f : 0);
  const request: DiskRequest = {
    op,
    sector: offset / 512,
    bytes,
    data,
    done: (result) => {
      const attention = result.kind === 'check-condition' && result.sense.key === 6;
      if (isRetriable(result) && (attention || retries > 0)) {
        const left = attention ? retries : retries - 1;
        later(guest, millis(1), () => sendPiece(guest, disk, { piece, retries: left }, done));
      } else {
        const ok = result.kind === 'ok' || (op === 'flush' && result.kind === 'unsupported');
        done(ok ? null : errorOf(result));
      }
    },
  };
  disk.model.submit(disk, [request]);
}
