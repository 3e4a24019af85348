// read-signature.ts — Reads a disk where libblkid does, to tell whether anything is on it.
import type { BlockDevice } from '@dmsim/block';
import { findDevice } from '@dmsim/block';
import type { Tool } from '@dmsim/coreutils';
import { openPath, resolve } from '@dmsim/coreutils';
import type { Errno, Task } from '@dmsim/sim';
import type { DeviceNode, OpenFile } from '@dmsim/vfs';

import type { Userland } from '../../userland.ts';
import { looksFormatted, probeReads } from './signature-probe.ts';

/** How many bytes at the beginning of the disk are inspected. */
const HEAD = 4096;

export type Content = 'blank' | 'something';

/** Reads an open disk. */
export function* readContent(
  t: Tool,
  file: OpenFile,
  { capacity, partition }: BlockDevice,
): Task<Content | Errno> {
  const head = new Uint8Array(HEAD);
  file.advise('random');
  for (const { offset, length } of probeReads(capacity * 512, partition !== null)) {
    file.seek(offset, 'set');
    const bytes = yield* file.read(t.process, length);
    if (typeof bytes === 'string') return bytes;
    if (offset < HEAD) head.set(bytes.subarray(0, HEAD - offset), offset);
  }
  return looksFormatted(head) ? 'something' : 'blank';
}

/** A look at a partition includes one at the table that it is in. */
function* lookAtTable(t: Tool, disk: string): Task<void> {
  const file = yield* openPath(t, `/dev/${disk}`, { read: true, write: false, nonblock: true });
  if (typeof file === 'string') return;
  file.advise('random');
  yield* file.read(t.process, 512);
  t.opened.delete(file);
  file.release(t.process);
}

/** Opens the disk of that name and reads it; ENOTBLK for what is no disk. */
export function* probePath(t: Tool, machine: Userland, path: string): Task<Content | Errno> {
  const node = blockNodeOf(t, path);
  if (typeof node === 'string') return node;
  const dev = findDevice(machine.layer, node.major, node.minor);
  if (dev === undefined) return 'ENXIO';
  const file = yield* openPath(t, path, { read: true, write: false, nonblock: true });
  if (typeof file === 'string') return file;
  try {
    const content = yield* readContent(t, file, dev);
    if (dev.partition !== null) yield* lookAtTable(t, dev.partition.disk.name);
    return content;
  } finally {
    t.opened.delete(file);
    yield* file.linger(t.process);
    file.release(t.process);
  }
}

export function blockNodeOf(t: Tool, path: string): DeviceNode | Errno {
  const found = resolve(t, path);
  if (typeof found === 'string') return found;
  if (found.node === undefined) return 'ENOENT';
  return found.node.kind === 'block' ? found.node : 'ENOTBLK';
}
