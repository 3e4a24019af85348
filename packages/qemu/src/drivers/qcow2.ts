// qcow2.ts — The parts of qcow2 that matter to jobs: clusters, a backing node, data reads and writes. Mirrors block/qcow2.c.
//
// Tables are read and written directly in the file's bytes. Only data passes the file node, so only data can fail there. As
// in QEMU, the debug events `read_aio` and `write_aio` come before each piece of data.
import type { Errno } from '@dmsim/sim';

import type { Allocation, BlockDriver, BlockRequest, Complete } from '../block/block-driver.ts';
import { nodeFilename } from '../block/graph.ts';
import type { HostFile } from '../block/host-file.ts';
import type { BlockNode } from '../block/node.ts';
import { childNode, nodeLength, primaryChild, submitRequest } from '../block/node.ts';
import type { Qcow2Image } from '../block/qcow2-image.ts';
import {
  hostOffset,
  mapCluster,
  parseQcow2,
  placeCluster,
  prepareTable,
} from '../block/qcow2-image.ts';
import type { JsonObject } from '../qmp/json.ts';
import { backingOptions, besideFile } from './backing-file.ts';
import { hostFile } from './file.ts';
import { allocatedSize, fileOf } from './raw.ts';

interface Qcow2State {
  readonly image: Qcow2Image;
  /** True once the mapping table has been read; the first request waits for that. */
  mapped: boolean;
  /** Writes that are under way. */
  readonly allocating: Allocating[];
}

export const qcow2State = (node: BlockNode): Qcow2State => node.state as Qcow2State;

/** Skips filters and returns the host file at the bottom; null if there is none. */
function bottomFile(node: BlockNode): HostFile | null {
  if (node.driver.name === 'file') return hostFile(node);
  const child = primaryChild(node);
  return child === undefined ? null : bottomFile(child);
}

export const qcow2: BlockDriver = {
  name: 'qcow2',
  passesDiscards: true,
  readsBacking: true,
  strongOptions: [],
  open: (options, opener) => {
    const file = opener.child(options, 'file');
    if (typeof file === 'string') return { kind: 'failed', why: file };
    const host = bottomFile(file.node);
    const image = host === null ? null : parseQcow2(host);
    if (image === null) return { kind: 'failed', why: 'Image is not in qcow2 format' };
    if (typeof image === 'string') return { kind: 'failed', why: image };
    const children = [file];
    const described = backingOptions(options, image);
    if (described !== null) {
      const backing = opener.child(described, 'backing');
      if (typeof backing === 'string')
        return {
          kind: 'failed',
          why:
            options['backing'] === undefined ? `Could not open backing file: ${backing}` : backing,
        };
      children.push(backing);
    }
    const state: Qcow2State = { image, mapped: false, allocating: [] };
    return { kind: 'opened', state, children };
  },
  length: (node) => qcow2State(node).image.virtualSize,
  submit: (node, request, complete) => {
    if (request.op === 'flush') complete(null);
    else
      loadMapping(node, (ret) =>
        ret === null ? transfer(node, request, complete) : complete(ret),
      );
  },
  filename: (node) =>
    isBackingOverridden(node) ? null : fileOf(node).driver.filename(fileOf(node)),
  overridesBacking: isBackingOverridden,
  allocation,
  readsZeroes: () => false,
  imageInfo: (node) => describeImage(qcow2State(node).image),
  allocatedSize: (node) => allocatedSize(fileOf(node)),
  hasInfo: () => true,
};

/** bdrv_backing_overridden: true if the image rests on another node than the one it names. */
function isBackingOverridden(node: BlockNode): boolean {
  const { file, backingFile } = qcow2State(node).image;
  const backing = childNode(node, 'backing');
  if (backing === undefined || backingFile === null)
    return (backing === undefined) !== (backingFile === null);
  const name = nodeFilename(backing);
  return name !== backingFile && name !== besideFile(file.path, backingFile);
}

function describeImage({ file, clusterSize, backingFile, backingFormat }: Qcow2Image): JsonObject {
  const info: JsonObject = {
    'cluster-size': clusterSize,
    'format-specific': {
      type: 'qcow2',
      data: {
        compat: '1.1',
        'compression-type': 'zlib',
        'lazy-refcounts': false,
        'refcount-bits': 16,
        corrupt: false,
        'extended-l2': false,
      },
    },
  };
  if (backingFile === null) return info;
  info['backing-filename'] = backingFile;
  info['full-backing-filename'] = besideFile(file.path, backingFile);
  if (backingFormat !== null) info['backing-filename-format'] = backingFormat;
  return info;
}

function transfer(node: BlockNode, request: BlockRequest, complete: Complete): void {
  switch (request.op) {
    case 'read':
      readFrom(node, request, { at: 0, complete });
      return;
    case 'write':
      write(node, request, complete);
      return;
    case 'write-zeroes':
      write(node, { ...request, op: 'write', data: new Uint8Array(request.bytes) }, complete);
      return;
    case 'discard':
      discard(node, request, complete);
      return;
    case 'flush':
      complete(null);
  }
}

/**
 * Discards whole clusters that the image holds, in the file below; they stay the image's, and errors are nobody's. What comes from
 * the backing node stays as it is. Mirrors qcow2_co_pdiscard.
 */
function discard(node: BlockNode, { offset, bytes }: BlockRequest, complete: Complete): void {
  const { image } = qcow2State(node);
  const { clusterSize } = image;
  const last = Math.floor((offset + bytes) / clusterSize);
  const next = (cluster: number): void => {
    if (cluster >= last) {
      complete(null);
      return;
    }
    const host = hostOffset(image, cluster);
    const goOn = (): void => next(cluster + 1);
    if (host === null) goOn();
    else
      submitRequest(
        fileOf(node),
        { op: 'discard', offset: host, bytes: clusterSize, data: null },
        goOn,
      );
  };
  next(Math.ceil(offset / clusterSize));
}

/** A write that allocates clusters, from its beginning until they are mapped. */
interface Allocating {
  readonly first: number;
  readonly last: number;
  /** Writes to one of these clusters. */
  readonly waiting: (() => void)[];
}

/**
 * Writes to one cluster that is not allocated go one after the other: each would fill the rest of the cluster with what the backing
 * node holds, and the last one mapped would be all that is left. Mirrors qcow2-cluster.c: handle_dependencies.
 */
function write(node: BlockNode, request: BlockRequest, complete: Complete): void {
  const { image, allocating } = qcow2State(node);
  const { first, last } = clustersOf(image, request);
  const before = allocating.find((other) => other.first <= last && other.last >= first);
  if (before !== undefined) before.waiting.push(() => write(node, request, complete));
  else if (request.onlyNew === true) writeNew(node, request, complete);
  else if (allocates(image, first, last)) {
    const mine: Allocating = { first, last, waiting: [] };
    allocating.push(mine);
    copyOnWrite(node, request, (ret) => {
      allocating.splice(allocating.indexOf(mine), 1);
      complete(ret);
      for (const go of mine.waiting) go();
    });
  } else writeFrom(node, request, { at: 0, complete });
}

/** No write to these clusters is under way. Goes on with what follows the first run of clusters that are alike. */
function writeNew(node: BlockNode, request: BlockRequest, complete: Complete): void {
  const { allocated, bytes } = allocation(node, request.offset, request.bytes);
  const rest = request.bytes - bytes;
  const next = (ret: Errno | null): void => {
    if (ret !== null || rest === 0) complete(ret);
    else
      write(
        node,
        { ...piece(request, bytes, rest, request.offset + bytes), onlyNew: true },
        complete,
      );
  };
  if (allocated) next(null);
  else write(node, piece(request, 0, bytes, request.offset), next);
}

function clustersOf(
  { clusterSize }: Qcow2Image,
  { offset, bytes }: BlockRequest,
): { readonly first: number; readonly last: number } {
  return {
    first: Math.floor(offset / clusterSize),
    last: Math.floor((offset + bytes - 1) / clusterSize),
  };
}

function allocates(image: Qcow2Image, first: number, last: number): boolean {
  for (let cluster = first; cluster <= last; cluster++)
    if (hostOffset(image, cluster) === null) return true;
  return false;
}

/** Grows a partial write to whole new clusters, and fills the rest of them with data from the backing node. */
function copyOnWrite(node: BlockNode, request: BlockRequest, complete: Complete): void {
  const { offset, bytes, data } = request;
  const { image } = qcow2State(node);
  const { clusterSize } = image;
  const start = Math.floor(offset / clusterSize) * clusterSize;
  const end = Math.ceil((offset + bytes) / clusterSize) * clusterSize;
  const isNew = (at: number): boolean => hostOffset(image, at / clusterSize) === null;
  const partial =
    (start < offset && isNew(start)) || (end > offset + bytes && isNew(end - clusterSize));
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
  const merge = (ret: Errno | null): void => {
    if (ret !== null) {
      complete(ret);
      return;
    }
    whole.data?.set(data, offset - start);
    writeFrom(node, { ...whole, op: 'write' }, { at: 0, complete });
  };
  readFrom(node, whole, { at: 0, complete: merge });
}

function loadMapping(node: BlockNode, done: Complete): void {
  const state = qcow2State(node);
  if (state.mapped) {
    done(null);
    return;
  }
  const file = fileOf(node);
  file.driver.debugEvent?.(file, 'l2_load');
  const { clusterSize, l1Offset } = state.image;
  const table: BlockRequest = { op: 'read', offset: l1Offset, bytes: clusterSize, data: null };
  submitRequest(file, table, (ret) => {
    if (ret === null) state.mapped = true;
    done(ret);
  });
}

function allocation(node: BlockNode, offset: number, bytes: number): Allocation {
  const { image } = qcow2State(node);
  const { clusterSize } = image;
  const isHere = (cluster: number): boolean => hostOffset(image, cluster) !== null;
  const first = Math.floor(offset / clusterSize);
  const allocated = isHere(first);
  let cluster = first + 1;
  while (cluster * clusterSize < offset + bytes && isHere(cluster) === allocated) cluster++;
  return { allocated, bytes: Math.min(cluster * clusterSize - offset, bytes) };
}

/** How far a request has come: its first `at` bytes are done. */
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

/** The place of `offset` in the file, and how many bytes from there lie contiguously in the file. */
function hostRun(node: BlockNode, offset: number, bytes: number): { host: number; run: number } {
  const { image } = qcow2State(node);
  const { clusterSize } = image;
  const first = Math.floor(offset / clusterSize);
  const start = hostOffset(image, first) as number;
  const within = offset - first * clusterSize;
  let n = 1;
  while (
    n * clusterSize < within + bytes &&
    hostOffset(image, first + n) === start + n * clusterSize
  )
    n++;
  return { host: start + within, run: Math.min(bytes, n * clusterSize - within) };
}

interface Placed {
  readonly cluster: number;
  readonly where: number;
  readonly isNew: boolean;
}

/** The clusters from `first` to `last`, allocated where needed, as far as they lie contiguously in the file. */
function placeRun(image: Qcow2Image, first: number, last: number): Placed[] {
  const run: Placed[] = [];
  for (let cluster = first; cluster <= last; cluster++) {
    const there = hostOffset(image, cluster);
    const before = run.at(-1);
    if (there === null) prepareTable(image, cluster);
    const where = there ?? placeCluster(image);
    if (before !== undefined && where !== before.where + image.clusterSize) {
      if (there === null) image.spare.push(where);
      break;
    }
    run.push({ cluster, where, isNew: there === null });
  }
  return run;
}

/** Writes the data first and maps new clusters after it, so that they are free again if the write fails. */
function writeFrom(node: BlockNode, request: BlockRequest, { at, complete }: Progress): void {
  const { image } = qcow2State(node);
  const { clusterSize } = image;
  const first = Math.floor((request.offset + at) / clusterSize);
  const last = Math.floor((request.offset + request.bytes - 1) / clusterSize);
  const run = placeRun(image, first, last);
  const start = run[0]?.where as number;
  const within = request.offset + at - first * clusterSize;
  const bytes = Math.min(request.bytes - at, run.length * clusterSize - within);
  const file = fileOf(node);
  file.driver.debugEvent?.(file, 'write_aio');
  submitRequest(file, piece(request, at, bytes, start + within), (ret) => {
    if (ret !== null) {
      for (const { where, isNew } of run.toReversed()) if (isNew) image.spare.push(where);
      complete(ret);
      return;
    }
    const full = run
      .filter(({ isNew }) => isNew)
      .map(({ cluster, where: at }) => mapCluster(image, cluster, at))
      .find((errno) => errno !== undefined);
    if (full !== undefined) {
      complete(full);
      return;
    }
    if (at + bytes < request.bytes) writeFrom(node, request, { at: at + bytes, complete });
    else complete(null);
  });
}
