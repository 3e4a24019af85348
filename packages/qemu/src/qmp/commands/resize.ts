// resize.ts — block_resize. Mirrors blockdev.c: qmp_block_resize.
import { lookupNode } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import { primaryChild, refuseBusy } from '../../block/node.ts';
import { growImage, shrinkImage } from '../../block/qcow2-image.ts';
import { hostFile } from '../../drivers/file.ts';
import { qcow2State } from '../../drivers/qcow2-read.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, notSimulated, numberArg, stringArg, success } from '../command.ts';
import { optional, required } from '../qapi.ts';

export const blockResize: QmpCommand = {
  name: 'block_resize',
  args: [
    optional('device', 'string'),
    optional('node-name', 'string'),
    required('size', 'integer'),
  ],
  run(vm, args): CommandResult {
    const device = stringArg(args, 'device') ?? '';
    const node = lookupNode(vm.layer, device, stringArg(args, 'node-name') ?? '');
    if (typeof node === 'string') return failure(node);
    const size = numberArg(args, 'size') ?? 0;
    if (size < 0) return failure("Parameter 'size' expects a >0 size");
    if (refuseBusy(node) !== null)
      return failure(`Device '${stringArg(args, 'device') ?? '(null)'}' is in use`);
    // A guest's driver would have to be told.
    if (vm.disksAreFixed) return notSimulated('block_resize while a guest runs');
    if (node.dirtyBitmaps.length > 0) return notSimulated('block_resize of a node with a bitmap');
    return resize(node, size);
  },
};

/** Formats without tables of their own have the size of what is below. */
const PASSES_ON: ReadonlySet<string> = new Set(['raw', 'blkdebug', 'throttle']);

function resize(node: BlockNode, size: number): CommandResult {
  const { name } = node.driver;
  const below = primaryChild(node);
  if (PASSES_ON.has(name) && below !== undefined) return resize(below, size);
  if (name === 'file') {
    const errno = hostFile(node).truncate(size);
    return errno === undefined ? success() : failure('Failed to resize file');
  }
  if (name !== 'qcow2') return failure('Image format driver does not support resize');
  const { image } = qcow2State(node);
  if (size % 512 !== 0) return failure('The new size must be a multiple of 512');
  if (size < image.virtualSize) shrinkImage(image, size);
  const foreign = growImage(image, size);
  return foreign === null ? success() : notSimulated(`block_resize: ${foreign}`);
}
