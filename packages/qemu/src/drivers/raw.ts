// raw.ts — A format that adds nothing. Mirrors block/raw-format.c.
import type { BlockDriver } from '../block/block-driver.ts';
import type { BlockNode } from '../block/node.ts';
import { nodeLength, primaryChild, submitRequest } from '../block/node.ts';
import { isJsonObject } from '../qmp/json.ts';

export function fileOf(node: BlockNode): BlockNode {
  const file = primaryChild(node);
  if (file === undefined) throw new Error(`node ${node.name} has no file`);
  return file;
}

/** Bytes that a node occupies on the host; null if it can't tell. */
export const allocatedSize = (node: BlockNode): number | null =>
  node.driver.allocatedSize?.(node) ?? null;

export const raw: BlockDriver = {
  name: 'raw',
  passesDiscards: true,
  strongOptions: ['offset', 'size'],
  open: (options, opener) => {
    const file = options['file'];
    if (!isJsonObject(file) && typeof file !== 'string')
      return { kind: 'failed', why: "A block device must be specified for 'file'" };
    const child = opener.child(options, 'file');
    return typeof child === 'string'
      ? { kind: 'failed', why: child }
      : { kind: 'opened', state: null, children: [child] };
  },
  length: (node) => nodeLength(fileOf(node)),
  submit: (node, request, complete) => {
    // submitRequest passes a flush on to the child, so the driver need not.
    const { op } = request;
    if (op === 'flush') {
      complete(null);
      return;
    }
    const file = fileOf(node);
    if (op === 'read' || op === 'write') file.driver.debugEvent?.(file, `${op}_aio`);
    submitRequest(file, request, complete);
  },
  filename: (node) => {
    const file = fileOf(node);
    return file.driver.filename(file);
  },
  readsZeroes: (node) => fileOf(node).driver.readsZeroes(fileOf(node)),
  allocatedSize: (node) => allocatedSize(fileOf(node)),
  hasInfo: (node) => fileOf(node).driver.hasInfo(fileOf(node)),
};
