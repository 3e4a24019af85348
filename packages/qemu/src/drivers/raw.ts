// raw.ts — A format that adds nothing. Mirrors block/raw-format.c.
import type { Errno } from '@dmsim/sim';

import type { Allocation, BlockDriver, BlockRequest } from '../block/block-driver.ts';
import { zeroStatus } from '../block/block-status.ts';
import type { BlockNode } from '../block/node.ts';
import { debugEvent, nodeLength, passDown, primaryChild } from '../block/node.ts';
import { RIGHT } from '../block/rights.ts';
import type { JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';
import { optionalSize } from './options.ts';

export function fileOf(node: BlockNode): BlockNode {
  const file = primaryChild(node);
  if (file === undefined) throw new Error(`node ${node.name} has no file`);
  return file;
}

/** What a node that only passes requests on has: what the one below has. */
export const allocationBelow = (below: BlockNode, offset: number, bytes: number): Allocation =>
  below.driver.allocation?.(below, offset, bytes) ?? { allocated: true, bytes };

/** The file's name, if it is that of a file or a device: a format's or filter's tells nothing of what lies above. */
export const protocolFilename = (file: BlockNode): string | null =>
  file.children.length === 0 || file.driver.opensItsChild === true
    ? file.driver.filename(file)
    : null;

/** Bytes that a node occupies on the host; null if it can't tell. */
export const allocatedSize = (node: BlockNode): number | null =>
  node.driver.allocatedSize?.(node) ?? null;

/** bdrv_get_info of a filter: the clusters of the image below. */
export function clusterInfo(node: BlockNode): JsonObject {
  const below = fileOf(node);
  const size = below.driver.imageInfo?.(below)['cluster-size'];
  return size === undefined ? {} : { 'cluster-size': size };
}

/** The size of the clusters in which the node keeps its data; 0 if it has none. */
export function clusterSizeOf(node: BlockNode): number {
  const size = node.driver.imageInfo?.(node)['cluster-size'];
  return typeof size === 'number' ? size : 0;
}

/** The part of the file that the disk is. */
interface Window {
  readonly offset: number;
  /** Null: up to the end of the file. */
  readonly size: number | null;
}

const windowOf = (node: BlockNode): Window => node.state as Window;

/** raw_apply_options. A string is the refusal. */
function chooseWindow(options: JsonObject, length: number): Window | string {
  const negative = ['offset', 'size'].find((name) => Number(options[name] ?? 0) < 0);
  if (negative !== undefined)
    return `Parameter '${negative}' expects a non-negative number below 2^64`;
  const offset = optionalSize(options['offset']) ?? 0;
  const size = optionalSize(options['size']) ?? null;
  if (offset > length)
    return `Offset (${offset}) cannot be greater than size of the containing file (${length})`;
  if (size !== null && offset + size > length)
    return `The sum of offset (${offset}) and size (${size}) has to be smaller or equal to the  actual size of the containing file (${length})`;
  if (size !== null && size % 512 !== 0) return 'Specified size is not multiple of 512';
  return { offset, size };
}

/** raw_adjust_offset: a node with a size ends there, although the file goes on. */
function refuseOutside({ size }: Window, { op, offset, bytes }: BlockRequest): Errno | null {
  if (size === null || offset + bytes <= size) return null;
  return op === 'read' ? 'EINVAL' : 'ENOSPC';
}

export const raw: BlockDriver = {
  name: 'raw',
  passesDiscards: true,
  strongOptions: ['offset', 'size'],
  mutableOptions: ['offset', 'size'],
  open: (options, opener) => {
    const file = options['file'];
    if (!isJsonObject(file) && typeof file !== 'string')
      return { kind: 'failed', why: "A block device must be specified for 'file'" };
    const child = opener.child(options, 'file');
    if (typeof child === 'string') return { kind: 'failed', why: child };
    const state = chooseWindow(options, nodeLength(child.node));
    return typeof state === 'string'
      ? { kind: 'failed', why: state }
      : { kind: 'opened', state, children: [child] };
  },
  childRights: ({ options }, _role, { needs, shares }) => {
    const isPart = options['offset'] !== undefined || options['size'] !== undefined;
    return { needs, shares: isPart ? shares & ~RIGHT.resize : shares };
  },
  reopen: (node, options) => {
    const state = chooseWindow(options, nodeLength(fileOf(node)));
    if (typeof state === 'string') return state;
    return () => {
      node.state = state;
    };
  },
  length: (node) => {
    const { offset, size } = windowOf(node);
    return size ?? nodeLength(fileOf(node)) - offset;
  },
  submit: (node, request, complete) => {
    // submitRequest passes a flush on to the child, so the driver need not.
    const { op } = request;
    if (op === 'flush') {
      complete(null);
      return;
    }
    const outside = refuseOutside(windowOf(node), request);
    if (outside !== null) {
      complete(outside);
      return;
    }
    const file = fileOf(node);
    const { offset } = windowOf(node);
    const inFile = offset === 0 ? request : { ...request, offset: offset + request.offset };
    const goOn = (): void => passDown(file, inFile, complete);
    if (op === 'read' || op === 'write') debugEvent(file, `${op}_aio`, goOn);
    else goOn();
  },
  filename: (node) => {
    const { offset, size } = windowOf(node);
    if (offset !== 0 || size !== null) return null;
    return protocolFilename(fileOf(node));
  },
  readsZeroes: (node) => fileOf(node).driver.readsZeroes(fileOf(node)),
  allocation: (node, offset, bytes) =>
    allocationBelow(fileOf(node), offset + windowOf(node).offset, bytes),
  zeroRun: (node, offset, bytes) => zeroStatus(fileOf(node), offset + windowOf(node).offset, bytes),
  imageInfo: clusterInfo,
  allocatedSize: (node) => allocatedSize(fileOf(node)),
  hasInfo: (node) => fileOf(node).driver.hasInfo(fileOf(node)),
};
