// scsi-device.ts — One path to a logical unit, and the changes of its state. Mirrors include/scsi/scsi_device.h, drivers/scsi/scsi_lib.c: scsi_device_set_state.
import type { Errno, Nanos, WaitQueue } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import type { BlockDevice } from '../block-device.ts';
import type { RequestQueue } from '../request.ts';
import { runQueue } from '../run-queue.ts';
import { stateAnswer } from './array-answers.ts';
import type { Latency } from './latency/latency.ts';
import type { AccessState, LogicalUnit, PortGroup } from './logical-unit.ts';
import type { Provisioning } from './provisioning.ts';
import type { ScsiCommand } from './scsi-command.ts';
import type { DebugTarget, InjectedError } from './scsi-debug/inject-error.ts';
import type { ScsiHost } from './scsi-host.ts';
import type { SenseData } from './sense.ts';

/** As /sys/block/X/device/state shows it. */
export type ScsiState =
  | 'created'
  | 'running'
  | 'quiesce'
  | 'offline'
  | 'transport-offline'
  | 'blocked'
  | 'created-blocked'
  | 'cancel'
  | 'deleted';

/** host:channel:target:lun */
export interface ScsiAddress {
  readonly host: number;
  readonly channel: number;
  readonly target: number;
  readonly lun: number;
}

/** The handler's knowledge of a port group, shared by all paths of the group to the unit. */
export interface AluaGroup {
  timeoutKnown: boolean;
  shown: AccessState | null;
  paths: number;
  /** It was said to be in transition: the array is asked until that is over. */
  inTransition: boolean;
}

export interface ScsiDevice {
  readonly address: ScsiAddress;
  /** dev_name: `0:0:0:0`. */
  readonly name: string;
  readonly host: ScsiHost;
  /** The unit that the kernel found at discovery, or at the last rescan. */
  unit: LogicalUnit;
  /** The unit that answers now: another one, once the array has put it at this address. */
  behind: LogicalUnit;
  /** The port group its port belongs to. */
  readonly portGroup: PortGroup;
  state: ScsiState;
  queue: RequestQueue;
  /** The disk made of it, once there is one. */
  disk: BlockDevice | null;
  diskIndex: number;
  /** The disk is smaller than it was: a request may lie beyond its end. */
  shrunk: boolean;
  genericIndex: number;
  /** The hardware handler attached to it (`alua`), which stays when a table that attached it has gone. */
  handler: string | null;
  /** The access state that the handler assumes until it asks again. */
  accessState: AccessState;
  aluaGroup: AluaGroup | null;
  /** It does not know READ(10): the short form is used where that is enough (!use_10_for_rw). */
  sixByteCommands: boolean;
  /** True if anything can happen to it but serving commands; it then leaves the common path. See `refreshHealth`. */
  ailing: boolean;
  latency: Latency;
  /** The most commands in flight that the administrator allows; the host may allow fewer. */
  queueDepth: number;
  /** A command that takes longer has timed out. */
  timeout: Nanos;
  /** The time-out of commands that error handling sends. */
  ehTimeout: Nanos;
  readonly provisioning: Provisioning;
  /** How long to wait before a queue that was full may be deeper again: kept, and without effect. */
  rampUpPeriod: Nanos;
  /** Tries after the first one; -1: as many as it takes. */
  maxRetries: number;
  /** The kernel's assumption about its caches; `cacheOverride` if it comes from the administrator, not from the disk. */
  writeCache: boolean;
  readCache: boolean;
  cacheOverride: boolean;
  /** Start it when it says that it is stopped. No effect, since no disk stops by itself. */
  allowRestart: boolean;
  /** How its target answers resets. */
  readonly target: DebugTarget;
  /** "rejecting I/O to offline device" was logged since it went offline. */
  offlineAlready: boolean;
  /** Reported to the next command (CHECK CONDITION, UNIT ATTENTION). */
  unitAttention: SenseData | null;
  /** Errors that scsi_debug was asked to inject, oldest first. */
  injected: InjectedError[];
  /** Commands that error handling brought back since one was served (medium_access_timed_out). */
  mediumTimeouts: number;
  /** After so many of them it goes offline. */
  maxMediumTimeouts: number;
  servedAtTimeout: number;
  /** All its command records; those in flight have a started request. */
  readonly commands: ScsiCommand[];
  /** Processes that wait until it is `deleted`. */
  readonly removal: WaitQueue;
  /** iorequest_cnt, iodone_cnt, ioerr_cnt, iotmo_cnt */
  ioRequests: number;
  ioDone: number;
  ioErrors: number;
  ioTimeouts: number;
}

const FROM: Readonly<Record<ScsiState, readonly ScsiState[]>> = {
  created: ['created-blocked'],
  running: ['created', 'offline', 'transport-offline', 'quiesce', 'blocked'],
  quiesce: ['running', 'offline', 'transport-offline'],
  offline: ['created', 'running', 'quiesce', 'blocked'],
  'transport-offline': ['created', 'running', 'quiesce', 'blocked'],
  blocked: ['running', 'created-blocked', 'quiesce', 'offline'],
  'created-blocked': ['created'],
  cancel: ['created', 'running', 'quiesce', 'offline', 'transport-offline'],
  deleted: [
    'created',
    'running',
    'offline',
    'transport-offline',
    'cancel',
    'blocked',
    'created-blocked',
  ],
};

/** Changes the state. EINVAL if the kernel knows no such transition. Held I/O goes on or is refused, as the new state demands. */
export function setDeviceState(sdev: ScsiDevice, state: ScsiState): Errno | undefined {
  if (sdev.state === state) return undefined;
  if (!FROM[state].includes(sdev.state)) return 'EINVAL';
  sdev.state = state;
  if (state === 'running') sdev.offlineAlready = false;
  refreshHealth(sdev);
  const held = state === 'blocked' || state === 'created-blocked' || state === 'quiesce';
  if (sdev.queue.quiesced !== held) {
    sdev.queue.quiesced = held;
    if (!held) runQueue(sdev.queue);
  }
  return undefined;
}

/** Counts commands that are nobody's I/O, of which nothing else is simulated. They say nothing of whether the medium can be read. */
export function countCommands(sdev: ScsiDevice, count: number): void {
  sdev.ioRequests += count;
  sdev.ioDone += count;
  sdev.servedAtTimeout += count;
}

/** Called after any change that may keep commands from being served as usual. */
export function refreshHealth(sdev: ScsiDevice): void {
  sdev.ailing =
    sdev.state !== 'running' ||
    sdev.host.recovering ||
    sdev.host.blocked > 0 ||
    sdev.unitAttention !== null ||
    sdev.injected.length > 0 ||
    sdev.target.everyNth.nth !== 0 ||
    isGone(sdev) ||
    sdev.shrunk ||
    !unitServesAll(sdev) ||
    stateAnswer(sdev) !== null ||
    !handlerLetsThrough(sdev);
}

/** Nothing answers at its address any more. */
export const isGone = ({ address, target }: ScsiDevice): boolean => address.lun >= target.luns.end;

/** The unit has no reason to refuse a read or a write within the disk. */
function unitServesAll({ behind, disk }: ScsiDevice): boolean {
  const { mediumErrors, lock, writeProtected, capacity } = behind;
  const isWhole = disk === null || disk.capacity <= capacity;
  return mediumErrors === null && lock === null && !writeProtected && isWhole;
}

/** alua_prep_fn: a port group that can't serve fails I/O before it reaches the device. */
function handlerLetsThrough(sdev: ScsiDevice): boolean {
  if (sdev.handler !== 'alua' || sdev.aluaGroup?.inTransition === true) return true;
  return (
    sdev.accessState === 'active/optimized' ||
    sdev.accessState === 'active/non-optimized' ||
    sdev.accessState === 'lba-dependent' ||
    sdev.accessState === 'transitioning'
  );
}

/** Open and EH look at this (scsi_device_online). */
export const isOnline = (sdev: ScsiDevice): boolean =>
  sdev.state !== 'offline' && sdev.state !== 'transport-offline' && sdev.state !== 'deleted';

/** True if the queue is full, so that multipath may prefer another path (scsi_mq_lld_busy). */
export const isBusy = (sdev: ScsiDevice): boolean => sdev.queue.inFlight >= sdev.queue.depth;

/** Logs the rejection once, until the device runs again. */
export function rejectOffline(sdev: ScsiDevice): void {
  if (sdev.offlineAlready) return;
  sdev.offlineAlready = true;
  sdevPrintk(sdev, 'rejecting I/O to offline device');
}

/** A log line as sdev_printk writes it once the sd driver has the device; `scsi` before. */
export function sdevPrintk(sdev: ScsiDevice, text: string): void {
  const driver = sdev.disk === null ? 'scsi' : 'sd';
  printk(sdev.queue.layer.sim, `${driver} ${sdev.name}: ${text}`);
}

/** As sd writes about its disk (sd_printk). */
export function sdPrintk(sdev: ScsiDevice, text: string): void {
  sdevPrintk(sdev, `[${sdev.disk?.name ?? ''}] ${text}`);
}
