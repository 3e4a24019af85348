// scsi-debug.ts — The scsi_debug module: hosts in front of simulated logical units. Mirrors drivers/scsi/scsi_debug.c.
import type { Nanos, Sim } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import { JIFFY } from '../../jiffies.ts';
import type { Store } from '../../store.ts';
import { createCachingPage } from '../caching-page.ts';
import type { Latency } from '../latency/latency.ts';
import { fixedLatency, latencyOf, varyingLatency } from '../latency/latency.ts';
import type { AccessState, LogicalUnit, MediumErrors } from '../logical-unit.ts';
import { wholeBlocks } from '../provisioning.ts';
import { refreshHealth } from '../scsi-device.ts';
import type { ScsiHost, ScsiTarget } from '../scsi-host.ts';
import { addHost, removeHost, scanHost } from '../scsi-host.ts';
import type { ScsiLayer } from '../scsi-layer.ts';
import type { SenseData } from '../sense.ts';
import { LUNS_CHANGED, SENSE_KEY } from '../sense.ts';
import { isThin, limitsOf, thinSupport } from './disk-limits.ts';
import type { EveryNth } from './every-nth.ts';
import { createMedium } from './medium.ts';

/** Module parameters, by the names and with the defaults of Linux. */
export interface ScsiDebugParams {
  readonly add_host: number;
  readonly num_tgts: number;
  readonly max_luns: number;
  readonly dev_size_mb: number;
  /** A size to pretend, in GiB; 0: as large as `dev_size_mb`. */
  readonly virtual_gb: number;
  readonly sector_size: number;
  /** The disks are write-protected. */
  wp: boolean;
  readonly removable: boolean;
  /** Sense data have the descriptor format. */
  readonly dsense: boolean;
  readonly physblk_exp: number;
  /** The first logical block that begins a physical one. */
  readonly lowest_aligned: number;
  readonly opt_blks: number;
  readonly opt_xferlen_exp: number;
  readonly per_host_store: boolean;
  vpd_use_hostno: boolean;
  /** Jiffies of 4 ms. */
  readonly delay: number;
  /** Overrides `delay` when > 0. */
  readonly ndelay: number;
  readonly max_queue: number;
  /** Bits that select faults: 2 fails every read of the bad sectors; the others affect every `every_nth` command. */
  readonly opts: number;
  readonly every_nth: number;
  readonly medium_error_start: number;
  readonly medium_error_count: number;
  readonly lbpu: boolean;
  readonly lbpws: boolean;
  readonly lbpws10: boolean;
  /** Unmapped blocks read as zeroes. */
  readonly lbprz: number;
  readonly unmap_max_blocks: number;
  readonly unmap_granularity: number;
  /** Blocks that one WRITE SAME may have. */
  readonly write_same_length: number;
  /** Partitions that every new medium has. */
  readonly num_parts: number;
  /** What INQUIRY says: up to 8, 16 and 4 characters. */
  readonly inq_vendor: string;
  readonly inq_product: string;
  readonly inq_rev: string;
}

export const SCSI_DEBUG_DEFAULTS: ScsiDebugParams = {
  add_host: 1,
  num_tgts: 1,
  max_luns: 1,
  dev_size_mb: 8,
  virtual_gb: 0,
  sector_size: 512,
  wp: false,
  removable: false,
  dsense: false,
  physblk_exp: 0,
  lowest_aligned: 0,
  opt_blks: 1024,
  opt_xferlen_exp: 0,
  per_host_store: false,
  vpd_use_hostno: true,
  delay: 1,
  ndelay: 0,
  max_queue: 192,
  opts: 0,
  every_nth: 0,
  medium_error_start: 0x1234,
  medium_error_count: 10,
  lbpu: false,
  lbpws: false,
  lbpws10: false,
  lbprz: 1,
  unmap_max_blocks: 0xffffffff,
  unmap_granularity: 1,
  write_same_length: 0xffff,
  num_parts: 0,
  inq_vendor: 'Linux   ',
  inq_product: 'scsi_debug      ',
  inq_rev: '0191',
};

const OPT_MEDIUM_ERROR = 2;
const MIB = 1048576;

export interface ScsiDebug {
  readonly scsi: ScsiLayer;
  /** Two of them may be written while it is loaded. */
  readonly params: ScsiDebugParams & {
    max_luns: number;
    virtual_gb: number;
    opts: number;
    every_nth: number;
  };
  readonly latency: Latency;
  readonly everyNth: EveryNth;
  /** As `DebugTarget` has it. */
  readonly luns: { end: number };
  readonly hosts: ScsiHost[];
  /** One store for all units, whatever their address, unless `per_host_store` is set. */
  readonly store: Store;
  readonly units: Map<string, LogicalUnit>;
}

/** modprobe scsi_debug: when it returns, the disks exist. */
export function loadScsiDebug(scsi: ScsiLayer, params: Partial<ScsiDebugParams> = {}): ScsiDebug {
  const all = { ...SCSI_DEBUG_DEFAULTS, ...params };
  const module: ScsiDebug = {
    scsi,
    params: all,
    latency: latencyFor(scsi.block.sim, params),
    // While the disks are found, nothing goes wrong.
    everyNth: { opts: all.opts, nth: 0, count: 0, counts: false, pending: false },
    luns: { end: all.max_luns },
    hosts: [],
    store: createMedium(all),
    units: new Map(),
  };
  if (isThin(all)) {
    const blocks = Math.ceil((all.dev_size_mb * MIB) / all.sector_size / all.unmap_granularity);
    printk(scsi.block.sim, `scsi_debug:sdebug_add_store: ${blocks} provisioning blocks`);
  }
  Object.assign(scsi.cachingPage, createCachingPage());
  const hosts = addDebugHosts(module, all.add_host);
  scsi.onEvent({ kind: 'driver-ready' });
  scanAll(hosts);
  if (all.every_nth !== 0) setEveryNth(module, all.every_nth, discoveryCommands(module));
  return module;
}

/** The delay that the parameters ask for, or the driver's default, which may vary. */
function latencyFor(sim: Sim, params: Partial<ScsiDebugParams>): Latency {
  const ns = delayOf({ ...SCSI_DEBUG_DEFAULTS, ...params });
  const isAsked = params.delay !== undefined || params.ndelay !== undefined;
  if (isAsked || !sim.variesCosts) return latencyOf(fixedLatency, { ns });
  return latencyOf(varyingLatency, { sim, ns });
}

function delayOf({ delay, ndelay }: ScsiDebugParams): Nanos {
  if (ndelay > 0) return ndelay;
  return delay > 0 ? delay * JIFFY : 0;
}

/** The driver attribute add_host: adds `count` hosts, or removes the newest ones. */
export function changeHosts(module: ScsiDebug, count: number): void {
  scanAll(addDebugHosts(module, count));
  for (let i = 0; i > count; i--) {
    const host = module.hosts.pop();
    if (host !== undefined) removeHost(host);
  }
}

/** The next command of each unit learns it. */
function tellUnits({ hosts }: ScsiDebug, attention: SenseData): void {
  for (const { devices } of hosts) {
    for (const sdev of devices) {
      sdev.unitAttention = attention;
      refreshHealth(sdev);
    }
  }
}

/** The driver attribute max_luns: what hosts answer for at their next scan. Each unit says that the list has changed. */
export function setMaxLuns(module: ScsiDebug, count: number): void {
  if (module.params.max_luns === count) return;
  module.params.max_luns = count;
  module.luns.end = count;
  tellUnits(module, LUNS_CHANGED);
  for (const host of module.hosts) {
    const known = host.targets.splice(0);
    for (const found of targetsOf(module, host.number, known[0]?.portGroup)) {
      const same = known.find(({ target, lun }) => target === found.target && lun === found.lun);
      host.targets.push(same ?? found);
    }
  }
}

/** The commands with which the kernel has found the disks. */
const discoveryCommands = ({ hosts }: ScsiDebug): number =>
  hosts.flatMap(({ devices }) => devices).reduce((sum, { ioRequests }) => sum + ioRequests, 0);

/** The driver attribute every_nth: which commands go wrong from now on. `before` of them have been counted. */
export function setEveryNth(module: ScsiDebug, nth: number, before = 0): void {
  module.params.every_nth = nth;
  const { everyNth } = module;
  if (nth !== 0) everyNth.counts = true;
  Object.assign(everyNth, { nth, count: before });
  for (const { devices } of module.hosts) for (const sdev of devices) refreshHealth(sdev);
}

/** The driver attribute opts: what goes wrong from now on. */
export function setOpts(module: ScsiDebug, opts: number): void {
  module.params.opts = opts;
  const { everyNth } = module;
  everyNth.opts = opts;
  // The count begins anew (tweak_cmnd_count).
  if (everyNth.nth !== 0) everyNth.count -= everyNth.count % Math.abs(everyNth.nth);
  for (const unit of module.units.values()) unit.mediumErrors = mediumErrorsOf(module.params);
  for (const { devices } of module.hosts) for (const sdev of devices) refreshHealth(sdev);
}

const SIZE_CHANGED = { key: SENSE_KEY.UNIT_ATTENTION, asc: 0x2a, ascq: 0x09 };

/** The driver attribute virtual_gb: every unit has another size, which each path notices at its next rescan. */
export function setVirtualGb(module: ScsiDebug, gigabytes: number): void {
  if (gigabytes === module.params.virtual_gb) return;
  module.params.virtual_gb = gigabytes;
  for (const unit of module.units.values()) unit.capacity = capacityOf(module.params);
  tellUnits(module, SIZE_CHANGED);
}

/** The medium of every disk is protected, or no longer. The kernel notices when it looks again. */
export function setWriteProtect(module: ScsiDebug, on: boolean): void {
  module.params.wp = on;
  for (const unit of module.units.values()) unit.writeProtected = on;
  for (const { devices } of module.hosts) for (const sdev of devices) refreshHealth(sdev);
}

/** The disks of all hosts but the first say that they are others from now on. The kernel notices when it looks again. */
export function setVpdUseHostno(module: ScsiDebug, on: boolean): void {
  module.params.vpd_use_hostno = on;
  for (const [number, { devices }] of module.hosts.entries()) {
    for (const sdev of devices) {
      const { target, lun } = sdev.address;
      const { store } = sdev.behind;
      const unit = unitOf(module, { id: idOf(module, { number, target, lun }), store });
      if (!unit.portGroups.includes(sdev.portGroup)) unit.portGroups.push(sdev.portGroup);
      sdev.behind = unit;
      refreshHealth(sdev);
    }
  }
}

const mediumSectors = ({ dev_size_mb: megabytes }: ScsiDebugParams): number =>
  (megabytes * MIB) / 512;

/** get_sdebug_capacity, in sectors */
const capacityOf = (params: ScsiDebugParams): number =>
  params.virtual_gb > 0 ? params.virtual_gb * (2 ** 30 / 512) : mediumSectors(params);

const addDebugHosts = (module: ScsiDebug, count: number): ScsiHost[] =>
  Array.from({ length: Math.max(0, count) }, () => addDebugHost(module));

function scanAll(hosts: readonly ScsiHost[]): void {
  for (const host of hosts) scanHost(host, { channel: null, target: null, lun: null });
}

function addDebugHost(module: ScsiDebug): ScsiHost {
  const { params, scsi } = module;
  const host = addHost(scsi, {
    adapter: module.hosts.length,
    driver: 'scsi_debug',
    canQueue: params.max_queue,
    maxTargets: params.num_tgts,
    maxLuns: 16384,
    latency: module.latency,
    targets: (number) => targetsOf(module, number),
  });
  module.hosts.push(host);
  const { sim } = scsi.block;
  printk(
    sim,
    'scsi_debug:sdebug_driver_probe: scsi_debug: trim poll_queues to 0. poll_q/nr_hw = (0/1)',
  );
  printk(sim, `scsi host${host.number}: scsi_debug: version 0191 [20210520]`);
  printk(
    sim,
    `  dev_size_mb=${params.dev_size_mb}, opts=0x${params.opts.toString(16)}, submit_queues=1, statistics=0`,
  );
  return host;
}

/** Without vpd_use_hostno each host's port group has another access state, in this order. */
const STATES: readonly AccessState[] = ['active/optimized', 'active/non-optimized', 'standby'];

function targetsOf(
  module: ScsiDebug,
  number: number,
  known?: ScsiTarget['portGroup'],
): ScsiTarget[] {
  const { params } = module;
  const store = params.per_host_store ? createMedium(params) : module.store;
  const portGroup = known ?? {
    id: ((number + 1) & 0x7f) << 8,
    state: params.vpd_use_hostno
      ? ('active/optimized' as const)
      : (STATES[number % STATES.length] as AccessState),
    preferred: false,
    strict: false,
  };
  const limits = limitsOf(params);
  const thin = thinSupport(params) ?? undefined;
  const sameBlocks = wholeBlocks(params.write_same_length, limits);
  const tpgs = !params.vpd_use_hostno;
  const targets: ScsiTarget[] = [];
  for (let target = 0; target < params.num_tgts; target++) {
    const debug = { failReset: false, everyNth: module.everyNth, luns: module.luns };
    for (let lun = 0; lun < params.max_luns; lun++) {
      const unit = unitOf(module, { id: idOf(module, { number, target, lun }), store });
      if (tpgs && !unit.portGroups.includes(portGroup)) unit.portGroups.push(portGroup);
      targets.push({
        channel: 0,
        target,
        lun,
        unit,
        portGroup,
        tpgs,
        limits,
        thin,
        sameBlocks,
        debug,
      });
    }
  }
  return targets;
}

/** The number in its names. */
const idOf = (
  { params }: ScsiDebug,
  { number, target, lun }: Readonly<Record<'number' | 'target' | 'lun', number>>,
): number => ((params.vpd_use_hostno ? number : 0) + 1) * 2000 + target * 1000 + lun;

/** Paths with the same id appear to lead to one unit; with a store per host, each has a medium of its own. */
function unitOf(
  module: ScsiDebug,
  { id, store }: { readonly id: number; readonly store: Store },
): LogicalUnit {
  const { params, units } = module;
  const key = params.per_host_store ? `${id} of host ${module.hosts.length}` : String(id);
  let unit = units.get(key);
  if (unit === undefined) {
    unit = {
      wwid: `naa.3333333${id.toString(16).padStart(9, '0')}`,
      vendor: params.inq_vendor.padEnd(8),
      model: params.inq_product.padEnd(16),
      rev: params.inq_rev.padEnd(4),
      rawInquiry: rawInquiry(params),
      serial: String(id),
      capacity: capacityOf(params),
      store,
      mediumSectors: mediumSectors(params),
      removable: params.removable,
      descriptorSense: params.dsense,
      writeProtected: params.wp,
      portGroups: [],
      mediumErrors: mediumErrorsOf(params),
      lock: null,
      aluaGroups: new Map(),
    };
    units.set(key, unit);
  }
  return unit;
}

/** A text that is given is copied, with the zero at its end, over the usual one. */
const rawInquiry = (params: ScsiDebugParams): string =>
  (['inq_vendor', 'inq_product', 'inq_rev'] as const)
    .map((name) => {
      const usual = SCSI_DEBUG_DEFAULTS[name];
      const text = params[name];
      return `${text}\0${usual.slice(text.length + 1)}`.slice(0, usual.length);
    })
    .join('');

function mediumErrorsOf(params: ScsiDebugParams): MediumErrors | null {
  if ((params.opts & OPT_MEDIUM_ERROR) === 0) return null;
  const perBlock = params.sector_size / 512;
  return {
    start: params.medium_error_start * perBlock,
    count: params.medium_error_count * perBlock,
  };
}
