// device-attributes.ts — /sys/block/sdX/device and /sys/class/scsi_host/hostN. Mirrors drivers/scsi/scsi_sysfs.c.
import type { Errno } from '@dmsim/sim';
import { NotSupported, seconds } from '@dmsim/sim';

import { HZ, millisInJiffies, secondsInJiffies } from '../jiffies.ts';
import { runQueue } from '../run-queue.ts';
import type { SysfsAttributes } from '../sysfs-attribute.ts';
import {
  INT,
  parseNumber,
  parseUnsigned,
  sameWord,
  shows,
  UINT,
  ULONG,
} from '../sysfs-attribute.ts';
import { activateGroup, rescanAlua } from './alua.ts';
import { cacheTypeOf, storeCacheType } from './caching-page.ts';
import { provisioningAttributes } from './provisioning.ts';
import { removeDevice, settleRemoval } from './remove-device.ts';
import { takeAttention } from './report-sense.ts';
import { OPCODE } from './scsi-command.ts';
import type { InjectedError, InjectType } from './scsi-debug/inject-error.ts';
import { INJECT } from './scsi-debug/inject-error.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { countCommands, isGone, sdevPrintk, setDeviceState } from './scsi-device.ts';
import { revalidateDisk } from './scsi-disk.ts';
import type { ScsiHost } from './scsi-host.ts';
import { writeScan } from './scsi-host.ts';

const hex = (n: number): string => `0x${n.toString(16)}`;

const stateAttributes: SysfsAttributes<ScsiDevice> = {
  state: { show: ({ state }) => `${state}\n`, store: storeState },
  delete: {
    // Any text does.
    store(sdev) {
      removeDevice(sdev);
      return undefined;
    },
    settle: settleRemoval,
  },
  rescan: {
    store(sdev) {
      rescanDevice(sdev);
      return undefined;
    },
  },
};

/**
 * Accepts `running` or `offline` with a newline, and only while the device is in one of these two: the administrator can't
 * change a state that a transport or the kernel has set (store_state_field).
 */
function storeState(sdev: ScsiDevice, text: string): Errno | undefined {
  const wanted = (['running', 'offline'] as const).find((state) => text.startsWith(`${state}\n`));
  if (wanted === undefined) return 'EINVAL';
  if (sdev.state !== 'running' && sdev.state !== 'offline') return 'EINVAL';
  if (wanted === sdev.state) return undefined;
  const error = setDeviceState(sdev, wanted);
  if (error === undefined && wanted === 'running') rescanDevice(sdev);
  return error;
}

/** How many commands that takes; the alua handler sends one more. */
const RESCAN = 44;

/** TEST UNIT READY, INQUIRY, MODE SENSE, READ CAPACITY, and the number that stands for any command. */
const ASKING: ReadonlySet<number> = new Set([0x00, 0x12, 0x1a, 0x5a, 0x25, 0x9e, 0xff]);

/** Kinds that change how a command ends. */
const ENDINGS: ReadonlySet<InjectType> = new Set([
  INJECT.TIMEOUT,
  INJECT.FAIL_QUEUECOMMAND,
  INJECT.FAIL_COMMAND,
]);

/** A TEST UNIT READY that fails at once changes nothing but counters. */
const meetsRescan = ({ type, count, opcode }: InjectedError): boolean =>
  count !== 0 &&
  ENDINGS.has(type) &&
  ASKING.has(opcode) &&
  !(type === INJECT.FAIL_COMMAND && opcode === OPCODE.TEST_UNIT_READY);

/** scsi_rescan_device: what the device says of itself is read again, if it runs. */
function rescanDevice(sdev: ScsiDevice): void {
  if (sdev.state !== 'running') return;
  if (isGone(sdev))
    throw new NotSupported('scsi_debug', 0, `a rescan of ${sdev.name}, which is beyond max_luns`);
  const met = sdev.injected.find(meetsRescan);
  if (met !== undefined) {
    const what = `a rescan of ${sdev.name} that meets an error injected into ${hex(met.opcode)}`;
    throw new NotSupported('scsi_debug', 0, what);
  }
  // Its first command meets it (scsi_cdl_check).
  takeAttention(sdev);
  countCommands(sdev, sdev.handler === 'alua' ? RESCAN + 1 : RESCAN);
  sdev.unit = sdev.behind;
  if (sdev.handler === 'alua') rescanAlua(sdev);
  revalidateDisk(sdev);
}

const handlerAttributes: SysfsAttributes<ScsiDevice> = {
  access_state: {
    show: ({ handler, accessState }) => (handler === null ? 'EINVAL' : `${accessState}\n`),
  },
  preferred_path: {
    show: ({ handler, portGroup }) =>
      handler === null ? 'EINVAL' : `${portGroup.preferred ? 1 : 0}\n`,
  },
  dh_state: {
    show: ({ handler }) => `${handler ?? 'detached'}\n`,
    store(sdev, text) {
      if (sdev.handler !== null && text.startsWith('detach'))
        sdevPrintk(sdev, `can't detach handler ${sdev.handler}.`);
      if (sdev.handler !== null && text.startsWith('activate')) {
        activateGroup(sdev);
        return undefined;
      }
      return 'EINVAL';
    },
  },
};

const limitAttributes: SysfsAttributes<ScsiDevice> = {
  timeout: { show: ({ timeout }) => `${timeout / 1e9}\n`, store: storeTimeout },
  eh_timeout: {
    show: ({ ehTimeout }) => `${ehTimeout / 1e9}\n`,
    store(sdev, text) {
      const value = parseNumber(text, UINT);
      if (typeof value === 'string') return value;
      sdev.ehTimeout = secondsInJiffies(value);
      return undefined;
    },
  },
  queue_depth: { show: ({ queueDepth }) => `${queueDepth}\n`, store: storeDepth },
  queue_ramp_up_period: {
    show: ({ rampUpPeriod }) => `${(rampUpPeriod / 1e6) % 2 ** 32}\n`,
    store(sdev, text) {
      const value = parseUnsigned(text);
      if (value === null) return 'EINVAL';
      sdev.rampUpPeriod = millisInJiffies(value);
      return undefined;
    },
  },
};

/** Read as scanf does, so `abc` is 0 and `5s` is 5; jiffies wrap at 32 bits. */
function storeTimeout(sdev: ScsiDevice, text: string): undefined {
  sdev.timeout = secondsInJiffies(Number(/^\s*(-?\d+)/.exec(text)?.[1] ?? 0));
  return undefined;
}

/** Read as strtoul does, in any base and up to what is no digit; 32 bits count. */
function storeDepth(sdev: ScsiDevice, text: string): Errno | undefined {
  const [word = '0'] = /^(?:0x[\da-f]+|0[0-7]*|[1-9]\d*)/i.exec(text) ?? [];
  const ofC = /^0\d/.test(word) ? word.replace(/^0+/, '0o0') : word;
  const depth = Number(BigInt.asIntN(32, BigInt(ofC)));
  if (depth < 1 || depth > sdev.host.canQueue) return 'EINVAL';
  sdev.queueDepth = depth;
  sdev.queue.depth = depth;
  runQueue(sdev.queue);
  return undefined;
}

export const deviceAttributes: SysfsAttributes<ScsiDevice> = {
  ...stateAttributes,
  ...handlerAttributes,
  ...limitAttributes,
  blacklist: { show: () => '' },
  cdl_enable: shows(() => 0),
  cdl_supported: shows(() => 0),
  device_blocked: shows(() => 0),
  device_busy: shows(({ queue }) => queue.inFlight),
  iocounterbits: shows(() => 32),
  iodone_cnt: shows(({ ioDone }) => hex(ioDone)),
  ioerr_cnt: shows(({ ioErrors }) => hex(ioErrors)),
  iorequest_cnt: shows(({ ioRequests }) => hex(ioRequests)),
  iotmo_cnt: shows(({ ioTimeouts }) => hex(ioTimeouts)),
  modalias: shows(() => 'scsi:t-0x00'),
  model: shows(({ unit }) => unit.model),
  // Any text is taken: a queue's type is no longer the administrator's to choose.
  queue_type: { show: () => 'simple\n', store: () => undefined },
  rev: shows(({ unit }) => unit.rev),
  scsi_level: shows(() => 8),
  type: shows(() => 0),
  vendor: shows(({ unit }) => unit.vendor),
  wwid: shows(({ unit }) => unit.wwid),
};

export const hostAttributes: SysfsAttributes<ScsiHost> = {
  active_mode: shows(() => 'Initiator'),
  can_queue: shows(({ canQueue }) => canQueue),
  cmd_per_lun: shows(({ canQueue }) => canQueue),
  eh_deadline: {
    show: ({ ehDeadline }) => `${ehDeadline === null ? 'off' : ehDeadline / 1e9}\n`,
    store: storeDeadline,
  },
  host_busy: shows(({ devices }) => devices.reduce((busy, sdev) => busy + sdev.queue.inFlight, 0)),
  host_reset: { store: storeHostReset },
  nr_hw_queues: shows(() => 1),
  proc_name: shows(({ driver }) => driver),
  prot_capabilities: shows(() => 0),
  prot_guard_type: shows(() => 1),
  scan: { store: writeScan },
  sg_prot_tablesize: shows(() => 0),
  sg_tablesize: shows(() => 2048),
  state: {
    show: ({ recovering }) => `${recovering ? 'recovery' : 'running'}\n`,
    store: storeHostState,
  },
  supported_mode: shows(() => 'Initiator'),
  unique_id: shows(() => 0),
  use_blk_mq: shows(() => 1),
};

/** scsi_host_set_state: a host that runs goes on to run, and no other state follows from that but two. */
function storeHostState(_host: ScsiHost, text: string): Errno | undefined {
  if (sameWord(text, 'running')) return undefined;
  if (sameWord(text, 'cancel') || sameWord(text, 'recovery'))
    throw new NotSupported('sysfs', 0, `the state ${text.trim()} of a host, written by hand`);
  return 'EINVAL';
}

/** No simulated driver has a reset of its own adapter or firmware (shost->hostt->host_reset). */
function storeHostReset(_host: ScsiHost, text: string): Errno {
  return sameWord(text, 'adapter') || sameWord(text, 'firmware') ? 'EOPNOTSUPP' : 'EINVAL';
}

function storeDeadline(host: ScsiHost, text: string): Errno | undefined {
  if (sameWord(text, 'off')) {
    host.ehDeadline = null;
    return undefined;
  }
  const value = parseNumber(text, ULONG);
  if (typeof value === 'string') return value;
  if (value * HZ > UINT.most) return 'EINVAL';
  host.ehDeadline = seconds(value);
  return undefined;
}

/** /sys/class/scsi_disk/H:C:T:L */
export const scsiDiskAttributes: SysfsAttributes<ScsiDevice> = {
  FUA: shows(() => 1),
  allow_restart: {
    show: ({ allowRestart }) => `${Number(allowRestart)}\n`,
    store(sdev, text) {
      const on = /^[1yYtT]|^on/i.test(text);
      if (!on && !/^[0nNfF]|^of/i.test(text)) return 'EINVAL';
      sdev.allowRestart = on;
      return undefined;
    },
  },
  app_tag_own: shows(() => 0),
  cache_type: { show: (sdev) => `${cacheTypeOf(sdev)}\n`, store: storeCacheType },
  manage_runtime_start_stop: shows(() => 0),
  manage_shutdown: shows(() => 0),
  manage_start_stop: shows(() => 0),
  manage_system_start_stop: shows(() => 0),
  max_medium_access_timeouts: {
    show: ({ maxMediumTimeouts }) => `${maxMediumTimeouts}\n`,
    store(sdev, text) {
      const value = parseNumber(text, UINT);
      if (typeof value === 'string') return value;
      sdev.maxMediumTimeouts = value;
      return undefined;
    },
  },
  max_retries: {
    show: ({ maxRetries }) => `${maxRetries}\n`,
    store(sdev, text) {
      const value = parseNumber(text, INT);
      if (typeof value === 'string') return value;
      if (value < -1 || value > 5) {
        sdevPrintk(sdev, 'max_retries must be between -1 and 5');
        return 'EINVAL';
      }
      sdev.maxRetries = value;
      return undefined;
    },
  },
  protection_mode: shows(() => 'none'),
  protection_type: shows(() => 0),
  ...provisioningAttributes,
  zoned_cap: shows(() => 'none'),
};
