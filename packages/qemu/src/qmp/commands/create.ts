// create.ts — blockdev-create: files and qcow2 images. Mirrors block/create.c, block/qcow2.c: qcow2_co_create, block/file-posix.c: raw_co_create.
import type { Errno } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import type { BlockLayer } from '../../block/block-layer.ts';
import { DRIVERS } from '../../block/driver-names.ts';
import { flushTableForGood } from '../../block/flush-table.ts';
import { closeNode, lookupNode, openNode } from '../../block/graph.ts';
import type { HostFile } from '../../block/host-file.ts';
import { writeAll } from '../../block/host-file.ts';
import { refuseOverwriting, sizeNewFile } from '../../block/new-image.ts';
import type { BlockNode } from '../../block/node.ts';
import { noteWrite } from '../../block/node.ts';
import { refuseUse } from '../../block/permissions.ts';
import { formatQcow2, parseQcow2 } from '../../block/qcow2-image.ts';
import { l1SizeFor, MAX_L1_SIZE } from '../../block/qcow2-l1.ts';
import type { Preallocation } from '../../block/qcow2-preallocate.ts';
import { preallocate } from '../../block/qcow2-preallocate.ts';
import { createRawFile } from '../../block/raw-file.ts';
import type { Rights } from '../../block/rights.ts';
import { ALL_RIGHTS, RIGHT } from '../../block/rights.ts';
import { bottomFile } from '../../drivers/qcow2.ts';
import type { CreateState } from '../../jobs/create.ts';
import { createDriver } from '../../jobs/create.ts';
import { launch } from '../../jobs/transaction.ts';
import { REF } from '../blockdev-options.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, flagArg, notSimulated, numberArg, stringArg, success } from '../command.ts';
import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { Member, QapiUnion } from '../qapi.ts';
import { foreign, optional, required, words } from '../qapi.ts';
import { newJob } from './new-job.ts';

const PREALLOCATION: readonly Member[] = [
  optional('preallocation', ['off', 'metadata', 'falloc', 'full']),
];

/** Drivers that make files of formats that are not simulated. */
const OTHER_MAKERS: ReadonlySet<string> = new Set(
  words('luks nfs parallels qcow qed rbd ssh vdi vhdx vmdk vpc'),
);

const OPTIONS: QapiUnion = {
  kind: 'union',
  tag: 'driver',
  members: [required('driver', DRIVERS)],
  branches: {
    file: [
      required('filename', 'string'),
      required('size', 'integer'),
      ...PREALLOCATION,
      optional('nocow', 'boolean'),
      ...foreign('extent-size-hint'),
    ],
    qcow2: [
      required('file', REF),
      ...foreign('data-file'),
      optional('data-file-raw', 'boolean'),
      optional('extended-l2', 'boolean'),
      required('size', 'integer'),
      optional('version', ['v2', 'v3']),
      optional('backing-file', 'string'),
      optional('backing-fmt', DRIVERS),
      ...foreign('encrypt'),
      optional('cluster-size', 'integer'),
      ...PREALLOCATION,
      optional('lazy-refcounts', 'boolean'),
      optional('refcount-bits', 'integer'),
      optional('compression-type', ['zlib', 'zstd']),
    ],
    // These have no options, since their driver makes nothing.
    ...Object.fromEntries(
      DRIVERS.filter(
        (driver) => driver !== 'file' && driver !== 'qcow2' && !OTHER_MAKERS.has(driver),
      ).map((driver) => [driver, []]),
    ),
  },
};

export const blockdevCreate: QmpCommand = {
  name: 'blockdev-create',
  args: [required('job-id', 'string'), required('options', OPTIONS)],
  run(vm, args): CommandResult {
    const options = args['options'] as JsonObject;
    const driver = stringArg(options, 'driver');
    if (driver !== 'file' && driver !== 'qcow2')
      return failure('Driver does not support blockdev-create');
    const foreignOption = notMade(options);
    if (foreignOption !== null) return notSimulated(`blockdev-create: ${foreignOption}`);
    const state = driver === 'file' ? newFile(vm.layer, options) : newImage(vm.layer, options);
    if ('kind' in state) return state;
    const prepared = newJob(vm, {
      args: { 'job-id': args['job-id'] as Json, 'auto-dismiss': false },
      driver: createDriver,
      state,
      main: null,
    });
    if (prepared.kind === 'refused') return failure(prepared.why);
    launch(prepared.job);
    return success();
  },
};

/** Returns the feature of an image with these options that is not simulated, or null. */
function notMade(options: JsonObject): string | null {
  if (flagArg(options, 'extended-l2') === true) return 'options.extended-l2';
  if (options['compression-type'] === 'zstd') return 'options.compression-type=zstd';
  const bits = numberArg(options, 'refcount-bits') ?? 16;
  return bits !== 16 && isRefcountWidth(bits) && !isOld(options)
    ? `options.refcount-bits=${bits}`
    : null;
}

const isRefcountWidth = (bits: number): boolean =>
  bits >= 1 && bits <= 64 && Number.isInteger(Math.log2(bits));

/** The modes of `preallocation` that do something. */
function preallocationOf(options: JsonObject): Preallocation | null {
  const mode = stringArg(options, 'preallocation') ?? 'off';
  return mode === 'off' ? null : (mode as Preallocation);
}

function newFile(layer: BlockLayer, options: JsonObject): CreateState | CommandResult {
  const path = stringArg(options, 'filename') ?? '';
  const size = numberArg(options, 'size') ?? 0;
  const { files } = layer;
  return {
    refuse: () => {
      const there = files.get(path);
      const locked = there === undefined ? null : refuseOverwriting(there);
      if (locked !== null) return locked;
      files.set(path, createRawFile(path, new Uint8Array()));
      return files.has(path) ? null : `Could not create '${path}': No such file or directory`;
    },
    make: () => {
      const file = files.get(path);
      const mode = preallocationOf(options);
      const errno = size < 0 ? 'EINVAL' : file === undefined ? undefined : sizeNewFile(file, size);
      if (errno !== undefined) return `Could not resize file: ${strerror(errno)}`;
      if (mode === 'metadata') return 'Unsupported preallocation mode: metadata';
      const full =
        mode === null || file === undefined ? undefined : writeAll(file, 0, new Uint8Array(size));
      return full === undefined ? null : `Could not preallocate data: ${strerror(full)}`;
    },
  };
}

const SMALLEST_CLUSTER = 512;
const LARGEST_CLUSTER: number = 2 << 20;
const DEFAULT_CLUSTER: number = 64 << 10;
const L1_ENTRY = 8;

function newImage(layer: BlockLayer, options: JsonObject): CreateState | CommandResult {
  const size = numberArg(options, 'size') ?? 0;
  const clusterSize = numberArg(options, 'cluster-size') ?? DEFAULT_CLUSTER;
  const opened = openFile(layer, options['file'] ?? null);
  const close = (): void => {
    if (typeof opened !== 'string' && opened.isOwn) closeNode(opened.node);
  };
  return {
    refuse: () => {
      if (typeof opened === 'string') return opened;
      const why = refuseUse(opened.node, MAKER) ?? refuseImage(options, size, clusterSize);
      if (why !== null) close();
      return why;
    },
    make: () => {
      const file = typeof opened === 'string' ? null : bottomFile(opened.node);
      const backingFile = stringArg(options, 'backing-file') ?? null;
      const backingFormat = stringArg(options, 'backing-fmt') ?? null;
      const bytes = formatQcow2({
        version: isOld(options) ? 2 : 3,
        virtualSize: size,
        clusterSize,
        backingFile,
        backingFormat,
        lazyRefcounts: flagArg(options, 'lazy-refcounts') ?? false,
      });
      const errno = file === null ? undefined : writeAll(file, 0, bytes);
      noteTables(opened, file);
      const full = file === null || errno !== undefined ? undefined : fill(file, options);
      close();
      if (file === null) return 'Image is not in qcow2 format';
      if (errno !== undefined) return `Could not write qcow2 header: ${strerror(errno)}`;
      return full === undefined ? null : `Could not preallocate: ${strerror(full)}`;
    },
  };
}

/** The L1 table is the last that QEMU writes of a new image. */
function noteTables(opened: OpenedFile | string, file: HostFile | null): void {
  const made = file === null ? null : parseQcow2(file);
  if (typeof opened === 'string' || made === null || typeof made === 'string') return;
  noteWrite(opened.node, 0, made.l1Offset + L1_ENTRY * made.l1Size);
  flushTableForGood(opened.node);
}

function fill(file: HostFile, options: JsonObject): Errno | undefined {
  const mode = preallocationOf(options);
  const image = mode === null ? null : parseQcow2(file);
  return mode === null || image === null || typeof image === 'string'
    ? undefined
    : preallocate(image, { mode });
}

const isOld = (options: JsonObject): boolean => stringArg(options, 'version') === 'v2';

/** The rights that qcow2_co_create takes. */
const MAKER: Rights = { needs: RIGHT.write | RIGHT.resize, shares: ALL_RIGHTS };

interface OpenedFile {
  readonly node: BlockNode;
  /** It was opened for this, and closes after it. */
  readonly isOwn: boolean;
}

function openFile(layer: BlockLayer, described: Json): OpenedFile | string {
  if (!isJsonObject(described)) {
    const node = lookupNode(layer, typeof described === 'string' ? described : '');
    return typeof node === 'string' ? node : { node, isOwn: false };
  }
  const opened = openNode(layer, described);
  return opened.kind === 'opened' ? { node: opened.node, isOwn: true } : opened.why;
}

function refuseImage(options: JsonObject, size: number, clusterSize: number): string | null {
  if (size % 512 !== 0) return 'Image size must be a multiple of 512 bytes';
  if (
    clusterSize < SMALLEST_CLUSTER ||
    clusterSize > LARGEST_CLUSTER ||
    !Number.isInteger(Math.log2(clusterSize))
  )
    return 'Cluster size must be a power of two between 512 and 2048k';
  const why = refuseFeatures(options);
  if (why !== null) return why;
  return l1SizeFor(size, clusterSize) > MAX_L1_SIZE ? 'Could not resize image' : null;
}

/** Returns the message about the first option that an image can't have, by itself or beside the others, in QEMU's order. */
function refuseFeatures(options: JsonObject): string | null {
  const bits = numberArg(options, 'refcount-bits') ?? 16;
  if (preallocationOf(options) !== null && options['backing-file'] !== undefined)
    return 'Backing file and preallocation can only be used at the same time if extended_l2 is on';
  if (flagArg(options, 'lazy-refcounts') === true && isOld(options))
    return 'Lazy refcounts only supported with compatibility level 1.1 and above (use version=v3 or greater)';
  if (!isRefcountWidth(bits))
    return 'Refcount width must be a power of two and may not exceed 64 bits';
  if (bits !== 16 && isOld(options))
    return 'Different refcount widths than 16 bits require compatibility level 1.1 or above (use version=v3 or greater)';
  if (flagArg(options, 'data-file-raw') === true) return 'data-file-raw requires data-file';
  return options['backing-fmt'] !== undefined && options['backing-file'] === undefined
    ? 'Backing format cannot be used without backing file'
    : null;
}
