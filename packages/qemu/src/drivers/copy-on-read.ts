// copy-on-read.ts — A filter that keeps in the image below what it reads from that image's backing chain. Mirrors block/copy-on-read.c, block/io.c: bdrv_co_do_copy_on_readv.
import { allocatedAbove } from '../block/allocated-above.ts';
import type { BlockDriver, BlockRequest, Complete } from '../block/block-driver.ts';
import type { BlockNode } from '../block/node.ts';
import {
  childNode,
  nodeBehind,
  nodeLength,
  passDown,
  skipFilters,
  submitRequest,
} from '../block/node.ts';
import { RIGHT } from '../block/rights.ts';
import { passThrough } from './job-filters.ts';
import { optionalString } from './options.ts';
import { fileOf } from './raw.ts';

export interface CopyOnRead {
  /** Data from below this image is not kept. Null: all of the chain is. */
  readonly bottom: BlockNode | null;
}

export const copyOnRead: BlockDriver = {
  ...passThrough('copy-on-read'),
  passesDiscards: true,
  open: (options, opener) => {
    const child = opener.child(options, 'file');
    if (typeof child === 'string') return { kind: 'failed', why: child };
    const name = optionalString(options['bottom']);
    const bottom = name === undefined ? null : opener.layer.nodes.get(name);
    if (bottom === undefined) return { kind: 'failed', why: `Bottom node '${name}' not found` };
    if (bottom?.driver.isFilter === true)
      return { kind: 'failed', why: `Bottom node '${name}' is a filter` };
    const state: CopyOnRead = { bottom };
    return { kind: 'opened', state, children: [child] };
  },
  childRights: (_parent, _role, { needs, shares }) => ({
    needs: needs | RIGHT.writeUnchanged,
    shares: shares | RIGHT.writeUnchanged,
  }),
  filename: () => null,
  submit: (node, request, complete) => {
    const file = fileOf(node);
    if (request.op === 'read')
      readAndKeep(file, (node.state as CopyOnRead).bottom, { request, complete });
    else passDown(file, request, complete);
  },
};

interface Read {
  readonly request: BlockRequest;
  readonly complete: Complete;
}

/** Without a bottom, reads all at once; else piece by piece, of which those from below the bottom are not kept. */
function readAndKeep(
  image: BlockNode,
  bottom: BlockNode | null,
  { request, complete }: Read,
): void {
  const { keeps, bytes: whole } =
    bottom === null
      ? { keeps: isBelow(image, request), bytes: request.bytes }
      : keptRun(image, bottom, request);
  const { offset, bytes, data } = request;
  const first = { ...request, bytes: whole, data: data?.subarray(0, whole) ?? null };
  const goOn: Complete = (ret) => {
    if (ret !== null || whole === bytes) complete(ret);
    else
      readAndKeep(image, bottom, {
        request: {
          ...request,
          offset: offset + whole,
          bytes: bytes - whole,
          data: data?.subarray(whole) ?? null,
        },
        complete,
      });
  };
  if (keeps) keep(image, { request: first, complete: goOn });
  else submitRequest(image, first, goOn);
}

/** Reads whole clusters, and writes those to the image that it does not have yet. */
function keep(image: BlockNode, { request, complete }: Read): void {
  const cluster = image.driver.imageInfo?.(image)['cluster-size'];
  if (typeof cluster !== 'number') {
    submitRequest(image, request, complete);
    return;
  }
  const offset = Math.floor(request.offset / cluster) * cluster;
  const end = Math.min(
    Math.ceil((request.offset + request.bytes) / cluster) * cluster,
    nodeLength(image),
  );
  const data = new Uint8Array(end - offset);
  const whole: BlockRequest = { op: 'read', offset, bytes: end - offset, data };
  submitRequest(image, whole, (ret) => {
    const from = request.offset - offset;
    if (ret === null) request.data?.set(data.subarray(from, from + request.bytes));
    if (ret !== null) complete(ret);
    else submitRequest(image, { ...whole, op: 'write', onlyNew: true }, complete);
  });
}

/** True if some of the data comes from an image behind this one. */
function isBelow(image: BlockNode, { offset, bytes }: BlockRequest): boolean {
  const behind = childNode(image, 'backing') ?? null;
  for (let at = offset; at < offset + bytes;) {
    const own = allocatedAbove(image, behind, { offset: at, bytes: offset + bytes - at });
    if (!own.allocated) return true;
    at += own.bytes;
  }
  return false;
}

/** How much of the request lies in one image, and whether that is between this one and the bottom. */
function keptRun(
  image: BlockNode,
  bottom: BlockNode,
  { offset, bytes }: BlockRequest,
): { readonly keeps: boolean; readonly bytes: number } {
  const behind = childNode(image, 'backing') ?? null;
  const own = allocatedAbove(image, behind, { offset, bytes });
  if (own.allocated || behind === null) return { keeps: false, bytes: own.bytes };
  // A bottom that is the image itself is above all that is looked at here.
  const base = bottom === skipFilters(image) ? null : (childNode(bottom, 'backing') ?? null);
  const below = allocatedAbove(behind, base, { offset, bytes: own.bytes });
  return { keeps: below.allocated, bytes: below.bytes };
}

/** bdrv_freeze_backing_chain: why the links from the node down to that bottom can't be kept as they are, or null. */
export function refuseFrozen(node: BlockNode, bottom: BlockNode): string | null {
  for (let at = node; at !== bottom;) {
    const below = nodeBehind(at);
    if (below === undefined) return null;
    const role = at.children.find((child) => child.node === below)?.role ?? '';
    if (isFrozen(at)) return `Cannot change '${role}' link from '${at.name}' to '${below.name}'`;
    at = below;
  }
  return null;
}

/** bdrv_replace_node: why `by`, which lies on the node, can't take its place below a frozen link; or null. */
export function refuseReplacing(node: BlockNode, by: BlockNode): string | null {
  for (const upper of node.layer.nodes.values()) {
    if (upper === by) continue;
    const link = upper.children.find((child) => child.node === node);
    if (link !== undefined && nodeBehind(upper) === node && isFrozen(upper))
      return `Cannot change '${link.role}' link to '${node.name}'`;
  }
  return null;
}

/** True if a node that copies on read, and has a bottom, reads through this one. */
function isFrozen(upper: BlockNode): boolean {
  for (const node of upper.layer.nodes.values()) {
    if (node.driver !== copyOnRead) continue;
    const { bottom } = node.state as CopyOnRead;
    if (bottom === null) continue;
    for (let at: BlockNode | undefined = node; at !== bottom && at !== undefined;) {
      if (at === upper) return true;
      at = nodeBehind(at);
    }
  }
  return false;
}
