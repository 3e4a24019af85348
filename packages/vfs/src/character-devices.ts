// character-devices.ts — /dev/null, /dev/zero and /dev/full. Mirrors drivers/char/mem.c.
import type { Errno, Process, Task } from '@dmsim/sim';

import type { FileOperations } from './create-open-file.ts';
import { createOpenFile } from './create-open-file.ts';
import { ready } from './ready.ts';
import type { DeviceNode } from './vnode.ts';

/** A character device whose open always works. */
export function characterDevice(
  major: number,
  minor: number,
  operations: () => FileOperations,
): DeviceNode {
  return {
    kind: 'character',
    mode: 0o666,
    major,
    minor,
    open: (_process, path, flags) => ready(createOpenFile(path, flags, operations())),
  };
}

const readNothing = (): Task<Uint8Array> => ready(new Uint8Array(0));

/** Readers never modify the bytes that a read returns, so all reads of up to this many bytes share the same zeroes. */
const ZEROES = new Uint8Array(64 * 1024);

const readZeros = (_process: Process, max: number): Task<Uint8Array> =>
  ready(max <= ZEROES.length ? ZEROES.subarray(0, max) : new Uint8Array(max));

/** The bytes as they are now, whatever the caller does with its buffer. Only those of /dev/zero are known to stay. */
export const keepBytes = (bytes: Uint8Array): Uint8Array =>
  bytes.buffer === ZEROES.buffer ? bytes : bytes.slice();

const takeAll = (_process: Process, bytes: Uint8Array): Task<number> => ready(bytes.length);

const takeNone = (): Task<Errno> => ready('ENOSPC');

const seek = (): number => 0;

export const nullDevice = (): DeviceNode =>
  characterDevice(1, 3, () => ({ isApart: true, read: readNothing, write: takeAll, seek }));

export const zeroDevice = (): DeviceNode =>
  characterDevice(1, 5, () => ({ read: readZeros, write: takeAll, seek }));

export const fullDevice = (): DeviceNode =>
  characterDevice(1, 7, () => ({ read: readZeros, write: takeNone, seek }));
