// file.ts — A file of the host, by way of QEMU's thread pool. Mirrors block/file-posix.c.
import type { Errno, Nanos } from '@dmsim/sim';
import { after, micros } from '@dmsim/sim';

import { handlerReady } from '../aio/aio-context.ts';
import type { BlockDriver, BlockRequest } from '../block/block-driver.ts';
import type { HostFile } from '../block/host-file.ts';
import { growFile } from '../block/host-file.ts';
import type { BlockNode } from '../block/node.ts';

/** A request through the thread pool, warm page cache: the call, and about a gigabyte per second. */
const CALL: Nanos = micros(100);
const latency = (request: BlockRequest): Nanos => CALL + request.bytes;

export const hostFile = (node: BlockNode): HostFile => node.state as HostFile;

export const file: BlockDriver = {
  name: 'file',
  strongOptions: ['filename'],
  open: (options, { layer }) => {
    const path = options['filename'];
    if (typeof path !== 'string')
      return { kind: 'failed', why: "The 'file' block driver requires a file name" };
    const found = layer.files.get(path);
    return found === undefined
      ? { kind: 'failed', why: `Could not open '${path}': No such file or directory` }
      : { kind: 'opened', state: found, children: [] };
  },
  length: (node) => hostFile(node).bytes.length,
  submit: (node, request, complete) => {
    const full = takeRoom(hostFile(node), request);
    if (full !== null) {
      handlerReady(node.ctx, () => complete(full));
      return;
    }
    after(node.layer.sim, latency(request), `host I/O of ${node.name}`, () => {
      transfer(hostFile(node), request);
      handlerReady(node.ctx, () => complete(null));
    });
  },
  filename: (node) => hostFile(node).path,
  readsZeroes: () => false,
  hasInfo: () => true,
  allocatedSize: (node) => hostFile(node).allocatedSize?.() ?? hostFile(node).bytes.length,
};

/** A write that finds the file system full comes back at once. */
function takeRoom(target: HostFile, { op, offset, bytes }: BlockRequest): Errno | null {
  if (op !== 'write' && op !== 'write-zeroes') return null;
  return target.takeRoom?.(offset, bytes) ?? null;
}

function transfer(target: HostFile, { op, offset, bytes, data }: BlockRequest): void {
  if (op === 'read') data?.set(target.bytes.subarray(offset, offset + bytes));
  else if (op === 'write' && data !== null) {
    growFile(target, offset + bytes);
    target.bytes.set(data, offset);
  } else if (op === 'write-zeroes') {
    target.bytes.fill(0, offset, offset + bytes);
  }
}
