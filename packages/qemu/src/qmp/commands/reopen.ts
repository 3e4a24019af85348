// reopen.ts — blockdev-reopen, and what else changes a node that is open. Mirrors blockdev.c: qmp_blockdev_reopen, qmp_change_backing_file, block/write-threshold.c.
import type { Blocking } from '../../aio/main-loop.ts';
import { drainNew, drainSubtree, endSections } from '../../block/drain-subtree.ts';
import { findNode, lookupNode, makeWritable, setReadOnly } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import { flushForReopen } from '../../block/reopen-flush.ts';
import { reopenNodes } from '../../block/reopen.ts';
import { nameBacking } from '../../drivers/backing-file.ts';
import type { Vm } from '../../vm/vm.ts';
import { abortVm } from '../../vm/vm.ts';
import { blockdevOptions } from '../blockdev-options.ts';
import type { QmpCommand } from '../command.ts';
import { failure, numberArg, outcome, stringArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import { required } from '../qapi.ts';
import { rootNode } from './new-job.ts';

const blockdevReopen: QmpCommand = {
  name: 'blockdev-reopen',
  args: [required('options', { kind: 'list', of: blockdevOptions })],
  *run(vm, args) {
    const options = args['options'] as JsonObject[];
    // QEMU 7.2 does not expect an empty list.
    if (options.length === 0) abortVm(vm, 'blockdev-reopen of no node');
    const drained: BlockNode[] = [];
    const wanted: Wanted[] = [];
    // A node is drained before the next one is looked for.
    for (const each of options) {
      const found = nodeFor(vm, each);
      if (typeof found === 'string') {
        endSections(drained);
        return failure(found);
      }
      wanted.push(found);
      drained.unshift(...(yield* drainSubtree(found.node)));
    }
    const why = (yield* flushAll(wanted)) ?? reopenNodes(vm.layer, wanted);
    // The nodes that the sections meet now are drained, too.
    for (const { node } of wanted) drained.push(...(yield* drainNew(node, new Set(drained))));
    endSections(drained);
    return outcome(why);
  },
};

interface Wanted {
  readonly node: BlockNode;
  readonly options: JsonObject;
}

function* flushAll(wanted: readonly Wanted[]): Blocking<string | null> {
  for (const { node, options } of wanted) {
    const why = yield* flushForReopen(node, options);
    if (why !== null) return why;
  }
  return null;
}

/** Finds the node by its name. A string is the refusal. */
function nodeFor({ layer }: Vm, options: JsonObject): Wanted | string {
  const name = stringArg(options, 'node-name');
  if (name === undefined) return 'node-name not specified';
  const node = layer.nodes.get(name);
  return node === undefined ? `Failed to find node with node-name='${name}'` : { node, options };
}

const changeBackingFile: QmpCommand = {
  name: 'change-backing-file',
  args: [
    required('device', 'string'),
    required('image-node-name', 'string'),
    required('backing-file', 'string'),
  ],
  run(vm, args) {
    const root = rootNode(vm, stringArg(args, 'device') ?? '');
    if (typeof root === 'string') return failure(root);
    const image = lookupNode(vm.layer, '', stringArg(args, 'image-node-name') ?? '');
    if (typeof image === 'string') return failure(image);
    return outcome(renameBacking(root, image, stringArg(args, 'backing-file') ?? ''));
  },
};

/** The longest name of a backing file in the header of an image. */
const LONGEST_NAME = 1023;

/** Writes another name into the image; the nodes stay as they are. Returns the refusal, or null. */
function renameBacking(root: BlockNode, image: BlockNode, name: string): string | null {
  const backing = image.children.find(({ role }) => role === 'backing')?.node;
  if (backing === undefined)
    return 'not allowing backing file change on an image without a backing file';
  if (!isBehind(root, image)) return 'image file is not in block device chain';
  const wasReadOnly = image.readOnly;
  const fixed = makeWritable(image);
  if (fixed !== null) return fixed;
  const fits = name.length <= LONGEST_NAME;
  // QEMU names the format of the image itself here, whatever the backing file's is.
  if (fits) nameBacking(image, name === '' ? null : name, image.driver.name);
  if (wasReadOnly) setReadOnly(image, true);
  return fits ? null : `Could not change backing file to '${name}': Invalid argument`;
}

const isBehind = (root: BlockNode, image: BlockNode): boolean =>
  root === image || root.children.some(({ node }) => isBehind(node, image));

const setWriteThreshold: QmpCommand = {
  name: 'block-set-write-threshold',
  args: [required('node-name', 'string'), required('write-threshold', 'uint64')],
  run({ layer }, args) {
    const name = stringArg(args, 'node-name') ?? '';
    const node = findNode(layer, name);
    if (node === undefined) return failure(`Device '${name}' not found`);
    node.writeThreshold = numberArg(args, 'write-threshold') ?? 0;
    return success();
  },
};

export const reopenCommands: readonly QmpCommand[] = [
  blockdevReopen,
  changeBackingFile,
  setWriteThreshold,
];
