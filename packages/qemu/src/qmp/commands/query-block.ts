// query-block.ts — query-block, query-named-block-nodes, query-blockstats. Mirrors block/qapi.c.
import { ioStatusIsPublished } from '../../block/backend-errors.ts';
import type { BlockBackend } from '../../block/backend.ts';
import type { DirtyBitmap } from '../../block/dirty-bitmap.ts';
import { dirtyBytes } from '../../block/dirty-bitmap.ts';
import { isRecording } from '../../block/named-bitmap.ts';
import { nodeFilename } from '../../block/node-filename.ts';
import type { BlockNode } from '../../block/node.ts';
import { childNode, nodeBehind, nodeLength, skipImplicit } from '../../block/node.ts';
import { optionalFlag } from '../../drivers/options.ts';
import { allocatedSize } from '../../drivers/raw.ts';
import type { QmpCommand } from '../command.ts';
import { flagArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import { optional } from '../qapi.ts';
import { limitsInfo } from './io-throttle.ts';

const SECTOR = 512;

const NO_LIMITS: JsonObject = { bps: 0, bps_rd: 0, bps_wr: 0, iops: 0, iops_rd: 0, iops_wr: 0 };

/** How much a query tells of a node. */
interface Detail {
  /** Nothing of the nodes behind it. */
  readonly flat?: boolean;
  /** Looks through the unnamed filters of jobs, as a query about a device does. */
  readonly skipsImplicit?: boolean;
}

function nextImage(node: BlockNode, { flat, skipsImplicit }: Detail): BlockNode | undefined {
  const behind = flat === true ? undefined : nodeBehind(node);
  return behind !== undefined && skipsImplicit === true ? skipImplicit(behind) : behind;
}

export function imageDepth(node: BlockNode, detail: Detail): number {
  const next = nextImage(node, detail);
  return next === undefined ? 0 : 1 + imageDepth(next, detail);
}

export function imageInfo(node: BlockNode, detail: Detail): JsonObject {
  const info: JsonObject = {
    filename: nodeFilename(node),
    format: node.driver.name,
    'virtual-size': Math.ceil(nodeLength(node) / SECTOR) * SECTOR,
  };
  const allocated = allocatedSize(node);
  if (allocated !== null) info['actual-size'] = allocated;
  if (node.driver.hasInfo(node)) info['dirty-flag'] = node.driver.dirtyFlag?.(node) ?? false;
  Object.assign(info, node.driver.imageInfo?.(node));
  const next = nextImage(node, detail);
  if (next !== undefined) info['backing-image'] = imageInfo(next, detail);
  return info;
}

/** `cache.direct` and `cache.no-flush`, as the node was opened. */
function cacheFlags({ options }: BlockNode): JsonObject {
  const { cache } = options;
  const flag = (name: string): boolean =>
    (isJsonObject(cache) && optionalFlag(cache[name])) === true;
  return { direct: flag('direct'), 'no-flush': flag('no-flush') };
}

function nodeInfo(node: BlockNode, writeback: boolean, detail: Detail): JsonObject {
  const backing = childNode(node, 'backing');
  const info: JsonObject = {
    file: nodeFilename(node),
    'node-name': node.name,
    ro: node.readOnly,
    drv: node.driver.name,
    ...(backing === undefined ? {} : { backing_file: nodeFilename(backing) }),
    encrypted: false,
    detect_zeroes: node.detectZeroes,
    write_threshold: node.writeThreshold,
    backing_file_depth: imageDepth(node, detail),
    cache: { writeback, ...cacheFlags(node) },
    image: imageInfo(node, detail),
    ...NO_LIMITS,
  };
  if (node.dirtyBitmaps.length > 0) {
    info['dirty-bitmaps'] = node.dirtyBitmaps.map(bitmapInfo);
  }
  return info;
}

const bitmapInfo = (bitmap: DirtyBitmap): JsonObject => ({
  ...(bitmap.name === null ? {} : { name: bitmap.name }),
  count: dirtyBytes(bitmap),
  granularity: bitmap.granularity,
  recording: isRecording(bitmap),
  busy: bitmap.successor !== null || bitmap.busy,
  persistent: bitmap.persistent,
  ...(bitmap.inconsistent ? { inconsistent: true } : {}),
});

function blockInfo(blk: BlockBackend): JsonObject {
  const info: JsonObject = {
    device: blk.name,
    type: 'unknown',
    removable: blk.qdev === null || blk.tray !== null,
    locked: false,
  };
  if (blk.inserted)
    info['inserted'] = {
      ...nodeInfo(skipImplicit(blk.node), blk.writeCache, { skipsImplicit: true }),
      ...limitsInfo(blk),
    };
  if (blk.tray !== null) info['tray_open'] = blk.tray === 'open';
  if (blk.qdev !== null) info['qdev'] = blk.qdev;
  if (ioStatusIsPublished(blk)) info['io-status'] = blk.ioStatus;
  return info;
}

/** True for a backend with a name or with a device. */
export const isShown = (blk: BlockBackend): boolean => blk.name !== '' || blk.qdev !== null;

const queryBlock: QmpCommand = {
  name: 'query-block',
  args: [],
  run(vm) {
    return success(vm.layer.backends.filter(isShown).map(blockInfo));
  },
};

const queryNamedBlockNodes: QmpCommand = {
  name: 'query-named-block-nodes',
  args: [optional('flat', 'boolean')],
  run(vm, args) {
    const flat = flagArg(args, 'flat') ?? false;
    const nodes = [...vm.layer.nodes.values()].toReversed();
    return success(nodes.map((node) => nodeInfo(node, true, { flat })));
  },
};

export const queryBlockCommands: readonly QmpCommand[] = [queryBlock, queryNamedBlockNodes];
