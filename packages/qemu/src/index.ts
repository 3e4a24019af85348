export { createRawFile } from './block/raw-file.ts';
export type { ImageLocks } from './block/image-locks.ts';
export { refuseLocks } from './block/image-locks.ts';
export { refuseOverwriting } from './block/new-image.ts';
export { backingRights, storageRights } from './block/permissions.ts';
export type { Rights } from './block/rights.ts';
export { ALL_RIGHTS, NO_NEEDS, RIGHT, SHARED_BY_READERS } from './block/rights.ts';
export { forgottenSection, wrongQuiesceCount } from './block/check-quiesce.ts';
export { nodeLength } from './block/node.ts';
export type { DirtyBitmap } from './block/dirty-bitmap.ts';
export { createDirtyBitmap, mergeDirty, setDirty } from './block/dirty-bitmap.ts';
export {
  bitmapRegions,
  dropBitmap,
  flagsOf,
  loadBitmap,
  markInUse,
  NO_BITMAPS,
  storeBitmaps,
  storedBitmaps,
} from './block/qcow2-bitmaps.ts';
export {
  emptyRun,
  formatQcow2,
  homeless,
  hostOffset,
  isZeroCluster,
  keptPlace,
  mapCluster,
  parseQcow2,
  recordedPlace,
  ownPlace,
  prepareTable,
  setBacking,
  markClean,
  markConsistent,
  setLazyRefcounts,
  setVersion,
  unmapCluster,
  zeroCluster,
  discardCluster,
  writableOffset,
} from './block/qcow2-image.ts';
export { allocatedClusters } from './block/qcow2-allocated.ts';
export { freedBy, punchFreed } from './block/qcow2-freed.ts';
export { growImage, shrinkImage } from './block/qcow2-resize.ts';
export { CORRUPT_IMAGE } from './block/qcow2-check-header.ts';
export { emptyImage } from './block/qcow2-empty.ts';
export { l1SizeFor, MAX_L1_SIZE } from './block/qcow2-l1.ts';
export { COPIED, OFFSET_MASK, put64 } from './block/qcow2-entry.ts';
export type { Preallocation } from './block/qcow2-preallocate.ts';
export { preallocate as preallocateImage } from './block/qcow2-preallocate.ts';
export { countOf, placeClusterAt, placeClusters } from './block/qcow2-refcount.ts';
export {
  applySnapshot,
  deleteSnapshot,
  describeSnapshot,
  findSnapshot,
  NOT_COUNTED,
  readSnapshots,
  snapshotRegion,
  takeSnapshot,
} from './block/qcow2-snapshots.ts';
export { besideFile } from './drivers/backing-file.ts';
export { keepsTables } from './drivers/qcow2-tables.ts';
export { policyOfJob } from './jobs/block-job.ts';
export { DRIVERS } from './block/driver-names.ts';
export { connectQmp, disconnectQmp, feedQmp } from './qmp/connection.ts';
export { isJsonObject, membersInOrder, printJson } from './qmp/json.ts';
export { VM_TRACE, traceVmEvent } from './trace-points.ts';
export { parseCommandLine } from './vm/command-line.ts';
export { createVm } from './vm/create-vm.ts';
export { nestOptions, parseJson, splitOptions } from './vm/key-value.ts';
export {
  closeVm,
  haltVm,
  isRunning,
  requestReset,
  requestShutdown,
  resetDisk,
  unplugDisk,
} from './vm/vm.ts';

export type { RetryMode, RetrySettings } from './block/backend.ts';
export type {
  BlockDriver,
  BlockOp,
  BlockRequest,
  Complete,
  OpenResult,
  Opener,
} from './block/block-driver.ts';
export type { IoStatus, IoStatusRule, JobErrors } from './block/error-action.ts';
export type { HostFile, HostFiles } from './block/host-file.ts';
export type { Qcow2Image, Qcow2Version } from './block/qcow2-image.ts';
export type { Snapshot } from './block/qcow2-snapshots.ts';
export type { BlockNode } from './block/node.ts';
export type {
  DeviceModel,
  DiskOp,
  DiskRequest,
  DiskResult,
  GuestDisk,
  Sense,
} from './devices/guest-disk.ts';
export type { LocksOfDevice, OpenBlockDevice } from './drivers/host-device.ts';
export type { QmpConnection } from './qmp/connection.ts';
export type { Json, JsonObject } from './qmp/json.ts';
export type { CommandLine, ParsedCommandLine } from './vm/command-line.ts';
export type { CreateVmOptions, CreatedVm } from './vm/create-vm.ts';
export type { RunState, ShutdownCause } from './vm/run-state.ts';
export type { VmOptions } from './vm/vm-options.ts';
export type { Chardev } from './vm/vm-options.ts';
export type { EventListener, QemuBuild, Vm, VmExit } from './vm/vm.ts';

export { formatSize } from './qmp/commands/image-text.ts';
