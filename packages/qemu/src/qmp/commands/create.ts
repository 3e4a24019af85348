// create.ts — blockdev-create: files and qcow2 images. Mirrors block/create.c, block/qcow2.c: qcow2_co_create, block/file-posix.c: raw_co_create.
import { strerror } from '@dmsim/sim';

import type { BlockLayer } from '../../block/block-layer.ts';
import { DRIVERS } from '../../block/driver-names.ts';
import { closeNode, lookupNode, openNode } from '../../block/graph.ts';
import { writeAll } from '../../block/host-file.ts';
import { refuseOverwriting } from '../../block/new-image.ts';
import type { BlockNode } from '../../block/node.ts';
import { refuseUse } from '../../block/permissions.ts';
import { formatQcow2 } from '../../block/qcow2-image.ts';
import { l1SizeFor, MAX_L1_SIZE } from '../../block/qcow2-l1.ts';
import { createRawFile } from '../../block/raw-file.ts';
import type { Rights } from '../../block/rights.ts';
import { ALL_RIGHTS, RIGHT } from '../../block/rights.ts';
import { bottomFile } from '../../drivers/qcow2.ts';
import type { CreateState } from '../../jobs/create.ts';
import { createDriver } from '../../jobs/create.ts';
import { launch } from '../../jobs/transaction.ts';
import { REF } from '../blockdev-options.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, numberArg, stringArg, success } from '../command.ts';
import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { Member, QapiUnion } from '../qapi.ts';
import { foreign, optional, required, words } from '../qapi.ts';
import { newJob } from './new-job.ts';

const PREALLOCATION: readonly Member[] = foreign('preallocation');

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
      ...foreign('nocow', 'extent-size-hint'),
    ],
    qcow2: [
      required('file', REF),
      ...foreign('data-file', 'data-file-raw', 'extended-l2'),
      required('size', 'integer'),
      optional('version', ['v2', 'v3']),
      optional('backing-file', 'string'),
      optional('backing-fmt', DRIVERS),
      ...foreign('encrypt'),
      optional('cluster-size', 'integer'),
      ...PREALLOCATION,
      ...foreign('lazy-refcounts', 'refcount-bits', 'compression-type'),
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
      const errno = size < 0 ? 'EINVAL' : files.get(path)?.truncate(size);
      return errno === undefined ? null : `Could not resize file: ${strerror(errno)}`;
    },
  };
}

const SMALLEST_CLUSTER = 512;
const LARGEST_CLUSTER: number = 2 << 20;
const DEFAULT_CLUSTER: number = 64 << 10;

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
      });
      const errno = file === null ? undefined : writeAll(file, 0, bytes);
      close();
      if (file === null) return 'Image is not in qcow2 format';
      return errno === undefined ? null : `Could not write qcow2 header: ${strerror(errno)}`;
    },
  };
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
  if (options['backing-fmt'] !== undefined && options['backing-file'] === undefined)
    return 'Backing format cannot be used without backing file';
  return l1SizeFor(size, clusterSize) > MAX_L1_SIZE ? 'Could not resize image' : null;
}
