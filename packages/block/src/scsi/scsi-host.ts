// scsi-host.ts — A host adapter, the units that answer behind it, and the devices found there. Mirrors drivers/scsi/hosts.c, scsi_scan.c, scsi_sysfs.c: __scsi_remove_device.
import type { Errno, Nanos, Task } from '@dmsim/sim';
import { createWaitQueue, millis, seconds } from '@dmsim/sim';

import type { QueueLimits } from '../limits.ts';
import { createRequestQueue } from '../request-queue.ts';
import { attachAlua } from './alua.ts';
import type { Latency } from './latency/latency.ts';
import type { LogicalUnit, PortGroup } from './logical-unit.ts';
import type { ThinSupport } from './provisioning.ts';
import { chooseProvisioning } from './provisioning.ts';
import { SCSI_QUEUE_OPS } from './queue-command.ts';
import { removeDevice, waitForRemoval } from './remove-device.ts';
import type { ScsiCommand } from './scsi-command.ts';
import type { DebugTarget } from './scsi-debug/inject-error.ts';
import type { ScsiAddress, ScsiDevice } from './scsi-device.ts';
import { countCommands, refreshHealth, sdevPrintk } from './scsi-device.ts';
import { attachDisk } from './scsi-disk.ts';
import type { ScsiLayer } from './scsi-layer.ts';
import { LUNS_CHANGED } from './sense.ts';

/** A logical unit as one port of the host sees it. */
export interface ScsiTarget {
  readonly channel: number;
  readonly target: number;
  readonly lun: number;
  /** The array may put another one there. */
  unit: LogicalUnit;
  readonly portGroup: PortGroup;
  /** It reports target port groups: the alua handler takes it. */
  readonly tpgs: boolean;
  readonly limits: Partial<QueueLimits>;
  readonly debug: DebugTarget;
  /** Left out: it cannot unmap blocks. */
  readonly thin?: ThinSupport | undefined;
  /** Blocks that one WRITE SAME may have. @defaultValue 65535 */
  readonly sameBlocks?: number;
}

export interface ScsiHost {
  readonly layer: ScsiLayer;
  readonly number: number;
  /** The device it is made of: adapterN. */
  readonly adapter: number;
  /** `scsi_debug`, as proc_name shows it. */
  readonly driver: string;
  /** The units that answer when the host scans; a fault may empty the list. */
  readonly targets: ScsiTarget[];
  readonly devices: ScsiDevice[];
  /** Commands the host takes at a time. */
  canQueue: number;
  /** So many more commands are turned away, since the driver has refused one (host_blocked). */
  blocked: number;
  /** ns that error handling may take before the host is reset; null = off. */
  ehDeadline: Nanos | null;
  /** Error handling runs: no command goes out. */
  recovering: boolean;
  /** Commands that timed out or came back with an error that error handling must solve. */
  readonly failed: ScsiCommand[];
  recoveryRuns: boolean;
  /** Ids one may scan: target and lun below these. */
  readonly maxTargets: number;
  readonly maxLuns: number;
  /** The latency of new devices. */
  readonly latency: Latency;
}

export interface ScsiHostSpec {
  readonly adapter: number;
  readonly driver: string;
  readonly canQueue: number;
  readonly maxTargets: number;
  readonly maxLuns: number;
  readonly latency: Latency;
  readonly targets: (number: number) => ScsiTarget[];
}

/** scsi_add_host; nothing is found before `scanHost`. */
export function addHost(layer: ScsiLayer, spec: ScsiHostSpec): ScsiHost {
  const number = freeNumber(layer);
  const host: ScsiHost = {
    layer,
    number,
    adapter: spec.adapter,
    driver: spec.driver,
    targets: spec.targets(number),
    devices: [],
    canQueue: spec.canQueue,
    blocked: 0,
    ehDeadline: null,
    recovering: false,
    failed: [],
    recoveryRuns: false,
    maxTargets: spec.maxTargets,
    maxLuns: spec.maxLuns,
    latency: spec.latency,
  };
  layer.hosts.set(number, host);
  layer.onEvent({ kind: 'host-added', host });
  return host;
}

/** The lowest number that no host has. A removed host keeps its number while someone holds one of its disks open. */
function freeNumber({ hosts, leaving }: ScsiLayer): number {
  for (const sdev of leaving) if (sdev.disk === null) leaving.delete(sdev);
  const taken = new Set([...leaving].map(({ host }) => host.number));
  let number = 0;
  while (hosts.has(number) || taken.has(number)) number++;
  return number;
}

/** scsi_remove_host */
export function removeHost(host: ScsiHost): void {
  for (const sdev of host.devices.slice()) {
    removeDevice(sdev);
    host.layer.leaving.add(sdev);
  }
  host.layer.hosts.delete(host.number);
  host.layer.onEvent({ kind: 'host-removed', host });
}

/** Until the last commands of the hosts that are being removed have ended. */
export function* waitForHosts({ leaving }: ScsiLayer): Task<void> {
  for (const sdev of leaving) yield* waitForRemoval(sdev);
}

/** null is the wildcard `-`. */
export interface ScanRange {
  readonly channel: number | null;
  readonly target: number | null;
  readonly lun: number | null;
}

/** How many commands a unit is sent when it is found, before its medium is read. */
const DISCOVERY = 61;

/** Adds the units that answer and are not known yet. */
export function scanHost(host: ScsiHost, { channel, target, lun }: ScanRange): void {
  for (const found of host.targets) {
    if (channel !== null && channel !== found.channel) continue;
    if (target !== null && target !== found.target) continue;
    if (lun !== null && lun !== found.lun) continue;
    // The first unit of a target is asked which others there are (REPORT LUNS).
    const asked = found.lun === 0 && lun === null ? 1 : 0;
    const known = host.devices.find((sdev) => isAt(sdev.address, found));
    if (known === undefined) addDevice(host, found, DISCOVERY + asked);
    else if (asked > 0) listUnits(known);
  }
}

/** REPORT LUNS. The units of the target need not tell any more that the list has changed (clear_luns_changed_on_target). */
function listUnits(sdev: ScsiDevice): void {
  countCommands(sdev, 1);
  for (const other of sdev.host.devices) {
    const { unitAttention, address } = other;
    if (address.target !== sdev.address.target || unitAttention !== LUNS_CHANGED) continue;
    other.unitAttention = null;
    refreshHealth(other);
  }
}

function isAt(address: ScsiAddress, { channel, target, lun }: ScsiTarget): boolean {
  return address.channel === channel && address.target === target && address.lun === lun;
}

/** `<channel> <target> <lun>`, each a number or `-`; EINVAL as Linux has it (store_scan). */
export function writeScan(host: ScsiHost, text: string): Errno | undefined {
  const words = text.trim().split(/\s+/);
  if (words.length !== 3 || words.some((w) => !/^(-|\d+)$/.test(w))) return 'EINVAL';
  const [channel, target, lun] = words.map((w) => (w === '-' ? null : Number(w)));
  if ((channel ?? 0) > 0 || (target ?? 0) >= host.maxTargets) return 'EINVAL';
  if ((lun ?? 0) >= host.maxLuns) return 'EINVAL';
  scanHost(host, { channel: channel ?? null, target: target ?? null, lun: lun ?? null });
  return undefined;
}

/** `commands`: how many discovery sends. */
function addDevice(host: ScsiHost, found: ScsiTarget, commands: number): ScsiDevice {
  const { channel, target, lun, unit, portGroup } = found;
  const address = { host: host.number, channel, target, lun };
  const name = `${host.number}:${channel}:${target}:${lun}`;
  const sdev: ScsiDevice = {
    address,
    name,
    host,
    unit,
    behind: unit,
    portGroup,
    state: 'running',
    queue: createRequestQueue(host.layer.block, {
      name,
      depth: host.canQueue,
      ops: SCSI_QUEUE_OPS,
    }),
    disk: null,
    diskIndex: -1,
    shrunk: false,
    genericIndex: -1,
    handler: null,
    accessState: 'active/optimized',
    aluaGroup: null,
    sixByteCommands: false,
    ailing: false,
    latency: host.latency,
    queueDepth: host.canQueue,
    timeout: seconds(30),
    ehTimeout: millis(10_000),
    provisioning: chooseProvisioning(found.thin ?? null, found.sameBlocks),
    rampUpPeriod: 120e9,
    maxRetries: 5,
    writeCache: host.layer.cachingPage.writeCache,
    readCache: host.layer.cachingPage.readCache,
    cacheOverride: false,
    allowRestart: false,
    target: found.debug,
    offlineAlready: false,
    unitAttention: null,
    injected: [],
    mediumTimeouts: 0,
    maxMediumTimeouts: 2,
    servedAtTimeout: 0,
    commands: [],
    removal: createWaitQueue(`removal of ${name}`),
    ioRequests: commands,
    ioDone: commands,
    ioErrors: 0,
    ioTimeouts: 0,
  };
  sdev.queue.queuedata = sdev;
  host.devices.push(sdev);
  const { vendor, model, rev } = unit;
  sdevPrintk(sdev, `Direct-Access     ${vendor} ${model} ${rev} PQ: 0 ANSI: 7`);
  sdevPrintk(sdev, 'Power-on or device reset occurred');
  if (found.tpgs) attachAlua(sdev);
  attachDisk(sdev, found.limits);
  refreshHealth(sdev);
  return sdev;
}
