export {
  bioEndio,
  bioHasData,
  bioIoError,
  bioListAdd,
  bioListAddHead,
  bioListMergeHead,
  bioListPop,
  bioListTakeAll,
  createBio,
  createBioList,
} from './bio.ts';
export {
  addDisk,
  closeDevice,
  createBlockDevice,
  createBlockLayer,
  delDisk,
  devNumber,
  disksAndPartitions,
  findDevice,
  formatDev,
  openDevice,
  setReadOnly,
} from './block-device.ts';
export { createRamDisks } from './devices/brd.ts';
export { addNullDisk, createNullDisks, NULL_BLK_DEFAULTS, scanTime } from './devices/null-blk.ts';
export { accountDone, accountStart, createDiskStats, formatDiskStats } from './disk-stats.ts';
export { formatInFlight } from './in-flight.ts';
export {
  completeRequest,
  endRequest,
  kickRequeueList,
  logRefusedWrite,
  requeueRequest,
} from './end-request.ts';
export { DEFAULT_LIMITS, discardGranularity, requestSectors, shownAlignment } from './limits.ts';
export { isWrite, opName, REQ, REQ_OP } from './op.ts';
export { announceDisk, rescanPartitions, scanPartitions } from './partition.ts';
export { startPlug } from './plug.ts';
export { mayPrint } from './ratelimit.ts';
export { DEADLINE_DEFAULTS, deadlineAttributes } from './deadline-settings.ts';
export { queueAttributes } from './queue-attributes.ts';
export { limitsReplaced, readAheadOf, setReadAhead } from './read-ahead.ts';
export { createRequestQueue } from './request-queue.ts';
export { allocRequest, freeRequest } from './request.ts';
export {
  addLoop,
  clearLoop,
  configureLoop,
  createLoopDriver,
  freeLoop,
  setLoopBlockSize,
  setLoopCapacity,
} from './devices/loop.ts';
export type { Loop, LoopBacking, LoopDriver, LoopFile, LoopSetup } from './devices/loop.ts';
export { finishPlug, insertClonedRequest, runQueue, submitToQueue } from './run-queue.ts';
export { lockUnit, putBehind, setGroupState } from './scsi/array.ts';
export { activateGroup, rescanAlua, updateAccessState } from './scsi/alua.ts';
export { deviceAttributes, hostAttributes, scsiDiskAttributes } from './scsi/device-attributes.ts';
export { createRport, losePort, returnPort, rportAttributes, rportName } from './scsi/fc-rport.ts';
export { formatErrors, writeError } from './scsi/scsi-debug/inject-error.ts';
export { isFailed } from './scsi/scsi-debug/inject-into.ts';
export {
  bandwidthLatency,
  exponentialLatency,
  exponentialState,
  fixedLatency,
  latencyOf,
  lognormalLatency,
} from './scsi/latency/latency.ts';
export { brownoutLatency, stallLatency, undisturbed } from './scsi/latency/latency-disturbed.ts';
export { createStation, sharedLatency } from './scsi/latency/latency-shared.ts';
export { bimodalLatency, empiricalLatency, paretoLatency } from './scsi/latency/latency-tails.ts';
export { SDEBUG_OPT } from './scsi/scsi-debug/every-nth.ts';
export { checksum, crc32, crcTable } from './crc32.ts';
export { HZ, JIFFY } from './jiffies.ts';
export { gptDifferences, gptHeaderIn } from './gpt.ts';
export type { GptHeader } from './gpt.ts';
export { parseFlag, parseScsiDebugParams } from './scsi/scsi-debug/scsi-debug-params.ts';
export { isThin } from './scsi/scsi-debug/disk-limits.ts';
export {
  changeHosts,
  loadScsiDebug,
  SCSI_DEBUG_DEFAULTS,
  setEveryNth,
  setMaxLuns,
  setOpts,
  setVirtualGb,
  setVpdUseHostno,
  setWriteProtect,
} from './scsi/scsi-debug/scsi-debug.ts';
export { OPCODE } from './scsi/scsi-command.ts';
export { naaName, namesSent, t10Designator, t10Name } from './scsi/logical-unit.ts';
export {
  countCommands,
  isBusy,
  isOnline,
  refreshHealth,
  setDeviceState,
} from './scsi/scsi-device.ts';
export { deleteDevice, removeDevice } from './scsi/remove-device.ts';
export { addHost, removeHost, scanHost, waitForHosts, writeScan } from './scsi/scsi-host.ts';
export { scsiDeviceOf } from './scsi/scsi-device-of.ts';
export { additionalSense, senseKeyName } from './scsi/sense.ts';
export { createScsiLayer } from './scsi/scsi-layer.ts';
export { sendTestUnitReady, timeOfGoodTest } from './scsi/test-unit-ready.ts';
export { maxSectorsOf, submitInParts } from './split-bio.ts';
export { BLK_STS, blkPathError, blkStatusName, blkStatusToErrno } from './status.ts';
export { createStore, readStore, releaseStore, writeStore, zeroStore } from './store.ts';
export { submitBio, submitBioNoacct } from './submit-bio.ts';
export { INT, LONG, parseNumber, shows, UINT, ULONG } from './sysfs-attribute.ts';
export { stampOfSector } from './sector-hash.ts';
export { BIO_QUEUE, BLOCK_TRACE, lengthOfRun, opOfRun, runOf } from './trace-points.ts';
export { transfer } from './transfer.ts';

export type { Bio, BioList, BioSpec } from './bio.ts';
export type {
  BlockDevice,
  BlockDeviceSpec,
  BlockLayer,
  Extent,
  Placement,
} from './block-device.ts';
export type { RamDiskOptions } from './devices/brd.ts';
export type { NullBlkParams, NullDiskSpec } from './devices/null-blk.ts';
export type { DiskStats } from './disk-stats.ts';
export type { QueueLimits } from './limits.ts';
export type { ReqOp } from './op.ts';
export type { RateLimit, RateLimited } from './ratelimit.ts';
export type { RequestQueueSpec } from './request-queue.ts';
export type { QueueOps, QueueVerdict, Request, RequestQueue } from './request.ts';
export type { DebugTarget, InjectedError } from './scsi/scsi-debug/inject-error.ts';
export type { SharedLink, SharedState, Station } from './scsi/latency/latency-shared.ts';
export type { BandwidthState, Latency, LatencyModel } from './scsi/latency/latency.ts';
export type { AccessState, LogicalUnit, MediumErrors, PortGroup } from './scsi/logical-unit.ts';
export type { ScsiDebug, ScsiDebugParams } from './scsi/scsi-debug/scsi-debug.ts';
export type { ScsiAddress, ScsiDevice, ScsiState } from './scsi/scsi-device.ts';
export type { FcLoss, FcPortState, FcRport, FcRportSpec } from './scsi/fc-rport.ts';
export type { ParsedParams } from './scsi/scsi-debug/scsi-debug-params.ts';
export type { SysfsAttribute, SysfsAttributes } from './sysfs-attribute.ts';
export type { PassThroughResult } from './scsi/test-unit-ready.ts';
export type { ScanRange, ScsiHost, ScsiHostSpec, ScsiTarget } from './scsi/scsi-host.ts';
export type { ScsiEvent, ScsiLayer } from './scsi/scsi-layer.ts';
export type { BlkStatus } from './status.ts';
export type { Store } from './store.ts';
