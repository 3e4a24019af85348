// qcow2.ts — As much of qcow2 as jobs see: clusters, a backing node, data reads and writes. Mirrors block/qcow2.c.
//
// The mapping is kept beside the file's bytes; only data goes through the file node, so only data can fail there. The
// debug events `read_aio` and `write_aio` come before each piece of data, as in QEMU.
import type { Errno } from '@dmsim/sim';

import type { Allocation, BlockDriver, BlockRequest, Complete } from '../block/block-driver.ts';
import type { HostFile, Qcow2Header } from '../block/host-file.ts';
import { CLUSTER_SIZE, placeCluster } from '../block/host-file.ts';
import type { BlockNode } from '../block/node.ts';
import { childNode, nodeLength, primaryChild, submitRequest } from '../block/node.ts';
import { hostFile } from './file.ts';
import { allocatedSize, fileOf } from './raw.ts';

interface Qcow2State {
  readonly file: HostFile;
  readonly header: Qcow2Header;
  /** The mapping table has been read: the first request has to wait for that. */
  mapped: boolean;
}

export const qcow2State = (node: BlockNode): Qcow2State => node.state as Qcow2State;

/** The host file at the bottom of filters. */
function bottomFile(node: BlockNode): HostFile | null {
  if (node.driver.name === 'file') return hostFile(node);
  const child = primaryChild(node);
  return child === undefined ? null : bottomFile(child);
}

export const qcow2: BlockDriver = {
  name: 'qcow2',
  strongOptions: [],
  open: (options, opener) => {
    const file = opener.child(options, 'file');
    if (typeof file === 'string') return { kind: 'failed', why: file };
    const host = bottomFile(file.node);
    if (host === null || host.qcow2 === null)
      return { kind: 'failed', why: 'Image is not in qcow2 format' };
    const children = [file];
    if (options['backing'] !== undefined && options['backing'] !== null) {
      const backing = opener.child(options, 'backing');
      if (typeof backing === 'string') return { kind: 'failed', why: backing };
      children.push(backing);
    }
    const state: Qcow2State = { file: host, header: host.qcow2, mapped: false };
    return { kind: 'opened', state, children };
  },
  length: (node) => qcow2State(node).header.virtualSize,
  submit: (node, request, complete) => {
    if (request.op === 'flush') complete(null);
    else
      loadMapping(node, (ret) =>
        ret === null ? transfer(node, request, complete) : complete(ret),
      );
  },
  filename: (node) => fileOf(node).driver.filename(fileOf(node)),
  allocation,
  readsZeroes: () => false,
  allocatedSize: (node) => allocatedSize(fileOf(node)),
  hasInfo: () => true,
};

function transfer(node: BlockNode, request: BlockRequest, complete: Complete): void {
  switch (request.op) {
    case 'read':
      readFrom(node, request, { at: 0, complete });
      return;
    case 'write':
      copyOnWrite(node, request, complete);
      return;
    case 'write-zeroes':
      copyOnWrite(node, { ...request, op: 'write', data: new Uint8Array(request.bytes) }, complete);
      return;
    case 'discard':
    case 'flush':
      complete(null);
  }
}

/** A new cluster that is written in part takes the rest from below: the request grows to whole clusters. */
function copyOnWrite(node: BlockNode, request: BlockRequest, complete: Complete): void {
  const { offset, bytes, data } = request;
  const start = Math.floor(offset / CLUSTER_SIZE) * CLUSTER_SIZE;
  const end = Math.ceil((offset + bytes) / CLUSTER_SIZE) * CLUSTER_SIZE;
  const { clusters } = qcow2State(node).header;
  const isNew = (at: number): boolean => !clusters.has(at / CLUSTER_SIZE);
  const partial =
    (start < offset && isNew(start)) || (end > offset + bytes && isNew(end - CLUSTER_SIZE));
  if (!partial || data === null) {
    writeFrom(node, request, { at: 0, complete });
    return;
  }
  const whole: BlockRequest = {
    op: 'read',
    offset: start,
    bytes: Math.min(end, nodeLength(node)) - start,
    data: new Uint8Array(end - start),
  };
  const write = (ret: Errno | null): void => {
    if (ret !== null) {
      complete(ret);
      return;
    }
    whole.data?.set(data, offset - start);
    writeFrom(node, { ...whole, op: 'write' }, { at: 0, complete });
  };
  readFrom(node, whole, { at: 0, complete: write });
}

const TABLE: BlockRequest = { op: 'read', offset: CLUSTER_SIZE, bytes: CLUSTER_SIZE, data: null };

function loadMapping(node: BlockNode, done: Complete): void {
  const state = qcow2State(node);
  if (state.mapped) {
    done(null);
    return;
  }
  const file = fileOf(node);
  file.driver.debugEvent?.(file, 'l2_load');
  submitRequest(file, TABLE, (ret) => {
    if (ret === null) state.mapped = true;
    done(ret);
  });
}

function allocation(node: BlockNode, offset: number, bytes: number): Allocation {
  const { clusters } = qcow2State(node).header;
  const first = Math.floor(offset / CLUSTER_SIZE);
  const allocated = clusters.has(first);
  let cluster = first + 1;
  while (cluster * CLUSTER_SIZE < offset + bytes && clusters.has(cluster) === allocated) cluster++;
  return { allocated, bytes: Math.min(cluster * CLUSTER_SIZE - offset, bytes) };
}

/** A request's progress: `at` bytes of it are done. */
interface Progress {
  readonly at: number;
  readonly complete: Complete;
}

function piece(request: BlockRequest, at: number, bytes: number, offset: number): BlockRequest {
  const data = request.data?.subarray(at, at + bytes) ?? null;
  return { op: request.op, offset, bytes, data };
}

function readFrom(node: BlockNode, request: BlockRequest, { at, complete }: Progress): void {
  if (at === request.bytes) {
    complete(null);
    return;
  }
  const offset = request.offset + at;
  const { allocated, bytes } = allocation(node, offset, request.bytes - at);
  const next = (ret: Errno | null): void =>
    ret === null ? readFrom(node, request, { at: at + bytes, complete }) : complete(ret);
  if (allocated) {
    const { host, run } = hostRun(node, offset, bytes);
    const file = fileOf(node);
    file.driver.debugEvent?.(file, 'read_aio');
    const after = (ret: Errno | null): void =>
      ret === null ? readFrom(node, request, { at: at + run, complete }) : complete(ret);
    submitRequest(file, piece(request, at, run, host), after);
    return;
  }
  const backing = childNode(node, 'backing');
  if (backing !== undefined) submitRequest(backing, piece(request, at, bytes, offset), next);
  else {
    request.data?.fill(0, at, at + bytes);
    next(null);
  }
}

/** How far the clusters at `offset` lie one after the other in the file. */
function hostRun(node: BlockNode, offset: number, bytes: number): { host: number; run: number } {
  const { clusters } = qcow2State(node).header;
  const first = Math.floor(offset / CLUSTER_SIZE);
  const start = clusters.get(first) as number;
  let n = 1;
  while (clusters.get(first + n) === start + n * CLUSTER_SIZE) n++;
  const within = offset - first * CLUSTER_SIZE;
  return { host: start + within, run: Math.min(bytes, n * CLUSTER_SIZE - within) };
}

/** New clusters count only once their data is written: after an error they are free again. */
function writeFrom(node: BlockNode, request: BlockRequest, { at, complete }: Progress): void {
  const { file: host, header } = qcow2State(node);
  const placed: [number, number][] = [];
  const first = Math.floor((request.offset + at) / CLUSTER_SIZE);
  const last = Math.floor((request.offset + request.bytes - 1) / CLUSTER_SIZE);
  for (let cluster = first; cluster <= last; cluster++) {
    placed.push([cluster, header.clusters.get(cluster) ?? placeCluster(host)]);
  }
  const start = placed[0]?.[1] as number;
  const n = placed.findIndex(([, where], i) => where !== start + i * CLUSTER_SIZE);
  const run = placed.slice(0, n < 0 ? placed.length : n);
  const within = request.offset + at - first * CLUSTER_SIZE;
  const bytes = Math.min(request.bytes - at, run.length * CLUSTER_SIZE - within);
  const file = fileOf(node);
  file.driver.debugEvent?.(file, 'write_aio');
  submitRequest(file, piece(request, at, bytes, start + within), (ret) => {
    if (ret !== null) {
      complete(ret);
      return;
    }
    for (const [cluster, where] of run) header.clusters.set(cluster, where);
    if (at + bytes < request.bytes) writeFrom(node, request, { at: at + bytes, complete });
    else complete(null);
  });
}

/** `node` and what is below it: whether `offset` is allocated above `base`. */
export function allocatedAbove(
  node: BlockNode,
  base: BlockNode | null,
  { offset, bytes }: { readonly offset: number; readonly bytes: number },
): Allocation {
  let run = bytes;
  for (let at: BlockNode | undefined = node; at !== undefined && at !== base;) {
    const here: Allocation = at.driver.allocation?.(at, offset, run) ?? {
      allocated: true,
      bytes: run,
    };
    if (here.allocated) return here;
    run = here.bytes;
    at = childNode(at, 'backing');
  }
  return { allocated: false, bytes: run };
}
