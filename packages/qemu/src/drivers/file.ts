// file.ts — A file of the host, accessed through QEMU's thread pool. Mirrors block/file-posix.c.
import type { Errno, Nanos } from '@dmsim/sim';
import { after, micros, strerror } from '@dmsim/sim';

import { handlerReady } from '../aio/aio-context.ts';
import type { BlockDriver, BlockRequest, ZeroStatus } from '../block/block-driver.ts';
import type { HostFile, HostFiles } from '../block/host-file.ts';
import { writeAll } from '../block/host-file.ts';
import { refuseLocks } from '../block/image-locks.ts';
import type { BlockNode } from '../block/node.ts';
import { countDiscard } from '../block/node.ts';
import { cumulativeRights } from '../block/permissions.ts';
import type { JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';
import { optionalFlag } from './options.ts';

/** The time of a request through the thread pool with a warm page cache: a fixed cost, plus about one second per gigabyte. */
const CALL: Nanos = micros(100);
const latency = (request: BlockRequest): Nanos => CALL + request.bytes;

export const hostFile = (node: BlockNode): HostFile => node.state as HostFile;

const NOT_DIRECT =
  'aio=native was specified, but it requires cache.direct=on, which was not specified.';

function isDirect({ cache, 'cache.direct': flat }: JsonObject): boolean {
  const direct = isJsonObject(cache) ? cache['direct'] : flat;
  return optionalFlag(direct) === true;
}

function releaseLocks(node: BlockNode): void {
  hostFile(node).locks.delete(node);
}

/** A node with `locking=off` neither takes locks nor looks at those of others. */
export const holdsLocks = ({ options }: BlockNode): boolean => options['locking'] !== 'off';

export const file: BlockDriver = {
  name: 'file',
  passesDiscards: true,
  strongOptions: ['filename'],
  open: (options, { layer }) => {
    const path = options['filename'];
    if (typeof path !== 'string' || path === '')
      return { kind: 'failed', why: "The 'file' block driver requires a file name" };
    if (options['aio'] === 'native' && !isDirect(options))
      return { kind: 'failed', why: NOT_DIRECT };
    if (layer.drivers.get('host_device')?.isDevice?.(path) === true)
      return { kind: 'failed', why: `'file' driver requires '${path}' to be a regular file` };
    const manager = options['pr-manager'];
    // There are no objects of that kind.
    if (typeof manager === 'string')
      return { kind: 'failed', why: `No persistent reservation manager with id '${manager}'` };
    const found = layer.files.get(path);
    return found === undefined
      ? { kind: 'failed', why: `Could not open '${path}': ${whyNot(layer.files, path)}` }
      : { kind: 'opened', state: found, children: [] };
  },
  activate: (node) => {
    if (holdsLocks(node)) hostFile(node).locks.set(node, () => cumulativeRights(node));
  },
  refuseLocks: (node, rights) => {
    const { locks, path } = hostFile(node);
    return holdsLocks(node) ? refuseLocks(locks, rights, { self: node, path }) : null;
  },
  releaseLocks,
  close: releaseLocks,
  length: (node) => hostFile(node).size(),
  submit: (node, request, complete) => {
    const target = hostFile(node);
    const full = write(node, request);
    // A write fails at once if the file system is full.
    if (full !== undefined) {
      handlerReady(node.ctx, `${request.op} of ${node.name} finds no room`, () => complete(full));
      return;
    }
    after(node.layer.sim, latency(request), `host I/O of ${node.name}`, () => {
      if (request.op === 'read') read(target, request);
      if (request.op === 'discard') countDiscard(node, request.bytes, null);
      handlerReady(node.ctx, `${request.op} of ${node.name} ends`, () => complete(null));
    });
  },
  filename: (node) => hostFile(node).path,
  readsZeroes: () => false,
  zeroRun: (node, offset, bytes) => holeOrData(hostFile(node), offset, bytes),
  hasInfo: () => true,
  allocatedSize: (node) => hostFile(node).sizeOnDisk(),
};

const PAGE = 4096;

/** find_allocation: a page that nobody has written to is a hole, and so is what lies beyond the end. */
function holeOrData(target: HostFile, offset: number, bytes: number): ZeroStatus {
  if (target.isHole === undefined) return { zero: false, bytes };
  const end = offset + bytes;
  const isZero = (at: number): boolean => at >= target.size() || target.isHole?.(at) === true;
  const zero = isZero(offset);
  let at = Math.floor(offset / PAGE) * PAGE + PAGE;
  while (at < end && isZero(at) === zero) at += PAGE;
  return { zero, bytes: Math.min(at, end) - offset };
}

/** Directories are known by what lies in them. */
const whyNot = (files: HostFiles, path: string): string =>
  strerror([...files.keys()].some((each) => each.startsWith(`${path}/`)) ? 'EISDIR' : 'ENOENT');

/** What lies beyond the end of the file reads as zeroes, whatever the buffer held. */
function read(target: HostFile, { offset, bytes, data }: BlockRequest): void {
  if (data === null) return;
  const there = target.readAt(offset, bytes);
  data.set(there);
  data.fill(0, there.length);
}

/** A write without data still occupies room on the file system. */
function write(node: BlockNode, request: BlockRequest): Errno | undefined {
  const { op, offset, bytes, data } = request;
  const target = hostFile(node);
  if (op === 'discard' || (op === 'write-zeroes' && mayUnmap(node, request)))
    return target.punchHole(offset, bytes);
  if (op === 'write') return writeAll(target, offset, data ?? contentAt(target, offset, bytes));
  if (op === 'flush') target.flush?.();
  if (op !== 'write-zeroes') return undefined;
  return target.writeZeroes === undefined
    ? writeAll(target, offset, new Uint8Array(bytes))
    : target.writeZeroes(offset, bytes);
}

/** bdrv_co_pwrite_zeroes: a node that was told to ignore discards keeps the room, unless a job writes to it directly. */
export const mayUnmap = (node: BlockNode, request: BlockRequest): boolean =>
  request.mayUnmap === true && (node.unmaps || node.users.every(({ kind }) => kind !== 'node'));

function contentAt(target: HostFile, offset: number, bytes: number): Uint8Array {
  const content = new Uint8Array(bytes);
  content.set(target.readAt(offset, bytes));
  return content;
}
