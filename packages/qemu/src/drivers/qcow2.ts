// qcow2.ts — The parts of qcow2 that matter to jobs: clusters, a backing node, data reads and writes. Mirrors block/qcow2.c.
//
// Tables are read and written directly in the file's bytes. Only data passes the file node, so only data can fail there. As
// in QEMU, the debug events `read_aio` and `write_aio` come before each piece of data.
import { NotSupported } from '@dmsim/sim';

import type { BlockDriver, BlockRequest, Complete } from '../block/block-driver.ts';
import { addBitmap } from '../block/dirty-bitmap.ts';
import { openNode, setChild } from '../block/graph.ts';
import type { HostFile } from '../block/host-file.ts';
import { findBitmap } from '../block/named-bitmap.ts';
import { nodeFilename } from '../block/node-filename.ts';
import type { BlockNode } from '../block/node.ts';
import { childNode, primaryChild } from '../block/node.ts';
import {
  dropBitmap,
  flagsOf,
  loadBitmap,
  markInUse,
  storeBitmaps,
  storedBitmaps,
} from '../block/qcow2-bitmaps.ts';
import { CORRUPT_IMAGE } from '../block/qcow2-check-header.ts';
import { freedBy } from '../block/qcow2-freed.ts';
import type { Qcow2Image } from '../block/qcow2-image.ts';
import { keptPlace, markClean, parseQcow2 } from '../block/qcow2-image.ts';
import { describeSnapshot, readSnapshots } from '../block/qcow2-snapshots.ts';
import type { JsonObject } from '../qmp/json.ts';
import { isJsonObject } from '../qmp/json.ts';
import { backingOptions, besideFile } from './backing-file.ts';
import { passesRequests, submitDiscards } from './discard-freed.ts';
import { hostFile } from './file.ts';
import { optionalFlag } from './options.ts';
import { refuseCaches } from './qcow2-caches.ts';
import type { Qcow2State } from './qcow2-read.ts';
import { allocation, qcow2State, readFrom } from './qcow2-read.ts';
import {
  closeTables,
  createTableCaches,
  discardEntry,
  loadTables,
  loseCaches,
  writeCaches,
} from './qcow2-tables.ts';
import { write, writeZeroes } from './qcow2-write.ts';
import { allocatedSize, fileOf, protocolFilename } from './raw.ts';

const NO_LAZY_COUNTS =
  'Lazy refcounts require a qcow2 image with at least qemu 1.1 compatibility level';

const isLazyIn = (options: JsonObject, { lazyRefcounts }: Qcow2Image): boolean =>
  optionalFlag(options['lazy-refcounts']) ?? lazyRefcounts;

/** Why the image can't be opened with these options, or null. */
function refuseImage(options: JsonObject, image: Qcow2Image): string | null {
  const unfit = refuseCaches(options, image);
  if (unfit !== null) return unfit;
  if (optionalFlag(options['read-only']) !== true) {
    if (image.corrupt) return CORRUPT_IMAGE;
    // QEMU counts its references then.
    if (image.dirty) return 'an image that was not closed: not simulated';
  }
  return isLazyIn(options, image) && image.version === 2 ? NO_LAZY_COUNTS : null;
}

/** Skips filters and returns the host file at the bottom; null if there is none. */
export function bottomFile(node: BlockNode): HostFile | null {
  if (node.driver.name === 'file') return hostFile(node);
  const child = primaryChild(node);
  return child === undefined ? null : bottomFile(child);
}

export const qcow2: BlockDriver = {
  name: 'qcow2',
  passesDiscards: true,
  readsBacking: true,
  strongOptions: [],
  mutableOptions: [
    'lazy-refcounts',
    'pass-discard-request',
    'pass-discard-snapshot',
    'pass-discard-other',
    'overlap-check',
    'cache-size',
    'l2-cache-size',
    'l2-cache-entry-size',
    'refcount-cache-size',
    'cache-clean-interval',
  ],
  open: (options, opener) => {
    const file = opener.child(options, 'file');
    if (typeof file === 'string') return { kind: 'failed', why: file };
    const host = bottomFile(file.node);
    const image = host === null ? null : parseQcow2(host);
    if (image === null) return { kind: 'failed', why: 'Image is not in qcow2 format' };
    const unfit = typeof image === 'string' ? image : refuseImage(options, image);
    if (typeof image === 'string' || unfit !== null) return { kind: 'failed', why: unfit ?? '' };
    const children = [file];
    const described = backingOptions(options, image);
    if (described !== null) {
      const backing = opener.child(described, 'backing');
      if (typeof backing === 'string')
        return { kind: 'failed', why: `Could not open backing file: ${backing}` };
      children.push(backing);
    }
    const caches = createTableCaches(isLazyIn(options, image));
    const state: Qcow2State = { image, loaded: new Set(), allocating: [], caches };
    return { kind: 'opened', state, children };
  },
  length: (node) => qcow2State(node).image.virtualSize,
  submit: (node, request, complete) => {
    if (request.op === 'flush') {
      writeCaches(node);
      complete(null);
    } else
      loadTables(node, request, (ret) =>
        ret === null ? transfer(node, request, complete) : complete(ret),
      );
  },
  filename: (node) => (isBackingOverridden(node) ? null : protocolFilename(fileOf(node))),
  overridesBacking: isBackingOverridden,
  openBacking,
  allocation,
  readsZeroes: () => false,
  unmapsZeroes: (node) => qcow2State(node).image.version > 2,
  imageInfo: (node) => describeImage(qcow2State(node).image),
  allocatedSize: (node) => allocatedSize(fileOf(node)),
  hasInfo: () => true,
  dirtyFlag: (node) => qcow2State(node).image.dirty,
  reopen,
  activate,
  inactivate,
  die: loseCaches,
  dropBitmap: (node, name) => dropBitmap(qcow2State(node).image, name),
};

/** Loads the bitmaps of the image, unless they are there already. While it is writable, the image says that they are in use. */
function activate(node: BlockNode): void {
  const { image } = qcow2State(node);
  for (const stored of storedBitmaps(image)) {
    const known = findBitmap(node, stored.name);
    const bitmap = known ?? loadBitmap(image, stored);
    bitmap.readOnly = node.readOnly;
    if (known === undefined) addBitmap(node, bitmap);
  }
  if (node.readOnly) return;
  markClean(image);
  markInUse(image);
}

/** qcow2_inactivate */
function inactivate(node: BlockNode): void {
  if (node.readOnly) return;
  const kept = node.dirtyBitmaps.filter(
    ({ persistent, inconsistent }) => persistent && !inconsistent,
  );
  storeBitmaps(qcow2State(node).image, kept);
  for (const bitmap of kept) bitmap.readOnly = true;
  closeTables(node);
}

/** qcow2_update_options_commit: an image whose counts are no longer left for later is written as it is. */
function reopen(node: BlockNode, options: JsonObject): () => void {
  return () => {
    const { image, caches } = qcow2State(node);
    const isLazy = isLazyIn(options, image);
    if (caches.isLazy && !isLazy && !closeTables(node))
      throw new NotSupported('qemu', 0, 'an error of blkdebug when lazy reference counts end');
    caches.isLazy = isLazy;
  };
}

function openBacking(node: BlockNode): void {
  const { backing: _none, ...options } = node.options;
  node.options = options;
  const described = backingOptions(options, qcow2State(node).image)?.['backing'];
  if (!isJsonObject(described)) return;
  const opened = openNode(node.layer, described);
  if (opened.kind === 'opened') setChild(node, 'backing', opened.node);
}

/** bdrv_backing_overridden: true if the image rests on another node than the one it names. */
function isBackingOverridden(node: BlockNode): boolean {
  const { file, backingFile } = qcow2State(node).image;
  const backing = childNode(node, 'backing');
  if (backing === undefined || backingFile === null)
    return (backing === undefined) !== (backingFile === null);
  const name = nodeFilename(backing);
  return name !== backingFile && name !== besideFile(file.path, backingFile);
}

/** The facts that only images of version 3 have. */
function describeFeatures(image: Qcow2Image): JsonObject {
  const bitmaps = storedBitmaps(image).map((stored) => ({
    name: stored.name,
    granularity: stored.granularity,
    flags: flagsOf(stored),
  }));
  return {
    'lazy-refcounts': image.lazyRefcounts,
    ...(bitmaps.length === 0 ? {} : { bitmaps }),
    corrupt: image.corrupt,
    'extended-l2': false,
  };
}

function describeImage(image: Qcow2Image): JsonObject {
  const { file, clusterSize, backingFile, backingFormat } = image;
  const info: JsonObject = {
    'cluster-size': clusterSize,
    'format-specific': {
      type: 'qcow2',
      data: {
        compat: image.version === 2 ? '0.10' : '1.1',
        'compression-type': 'zlib',
        'refcount-bits': 16,
        ...(image.version === 2 ? {} : describeFeatures(image)),
      },
    },
  };
  const snapshots = readSnapshots(image);
  if (snapshots.length > 0) info['snapshots'] = snapshots.map(describeSnapshot);
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
      writeZeroes(node, request, complete);
      return;
    case 'discard':
      discard(node, request, complete);
      return;
    case 'flush':
      complete(null);
  }
}

/**
 * Discards whole clusters, which read as zeroes from then on, and their places in the file below, where errors are nobody's. Mirrors
 * qcow2_co_pdiscard.
 */
function discard(node: BlockNode, { offset, bytes }: BlockRequest, complete: Complete): void {
  const { image } = qcow2State(node);
  const { clusterSize, virtualSize } = image;
  const end = offset + bytes;
  const last = end === virtualSize ? Math.ceil(end / clusterSize) : Math.floor(end / clusterSize);
  const hasBacking = childNode(node, 'backing') !== undefined;
  // Without clusters of zeroes, old data would come up from below.
  if (image.version === 2 && hasBacking) {
    complete(null);
    return;
  }
  const freed = freedBy(image, () => {
    for (let cluster = Math.ceil(offset / clusterSize); cluster < last; cluster++)
      discardEntry(node, cluster, { place: keptPlace(image, cluster), hasBacking });
  });
  submitDiscards(node, passesRequests(node) ? freed : [], () => complete(null));
}
