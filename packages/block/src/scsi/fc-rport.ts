// fc-rport.ts — A remote port of a Fibre Channel fabric, and the time-outs after its loss. Mirrors drivers/scsi/scsi_transport_fc.c.
//
// While the port is away, its devices are blocked and hold all I/O. After fast_io_fail_tmo the held I/O fails, so that
// another path can serve it; after dev_loss_tmo the devices are removed. If the port returns before that, I/O goes on; if it
// returns later, the devices are discovered anew.
import type { Errno, Timer } from '@dmsim/sim';
import {
  cancel,
  createTimer,
  deleteTimer,
  isScheduled,
  modTimer,
  printk,
  schedule,
  seconds,
} from '@dmsim/sim';

import { MQ_RQ } from '../request.ts';
import type { SysfsAttributes } from '../sysfs-attribute.ts';
import { parseUnsigned, sameWord, shows } from '../sysfs-attribute.ts';
import { removeDevice } from './remove-device.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { DID, FATE, setFate, setResult } from './scsi-command.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { setDeviceState } from './scsi-device.ts';
import type { ScsiHost, ScsiTarget } from './scsi-host.ts';
import { scanHost } from './scsi-host.ts';

export type FcPortState = 'Online' | 'Blocked' | 'Not Present';

export interface FcRport {
  readonly host: ScsiHost;
  readonly channel: number;
  /** The N of rport-H:C-N. */
  readonly number: number;
  readonly target: number;
  /** `0x…`, 16 digits. */
  readonly nodeName: string;
  readonly portName: string;
  /** `0x…`, 6 digits. */
  readonly portId: string;
  portState: FcPortState;
  /** Seconds; null = off. */
  fastIoFailTmo: number | null;
  devLossTmo: number;
  readonly failTimer: Timer;
  readonly lossTimer: Timer;
}

export interface FcRportSpec {
  readonly channel?: number;
  readonly number: number;
  readonly target: number;
  readonly nodeName: string;
  readonly portName: string;
  readonly portId: string;
  /** @defaultValue off */
  readonly fastIoFailTmo?: number | null;
  /** @defaultValue 60 */
  readonly devLossTmo?: number;
}

/** Commands on a lost port either come back at once, or are lost until something ends them. */
export type FcLoss = 'returned' | 'silent';

/** Longest time a device may be blocked while fast_io_fail_tmo is off (SCSI_DEVICE_BLOCK_MAX_TIMEOUT). */
const BLOCK_MAX = 600;

/** fc_remote_port_add, for a port that is present. */
export function createRport(host: ScsiHost, spec: FcRportSpec): FcRport {
  const { sim } = host.layer.block;
  const rport: FcRport = {
    channel: 0,
    ...spec,
    host,
    portState: 'Online',
    fastIoFailTmo: spec.fastIoFailTmo ?? null,
    devLossTmo: spec.devLossTmo ?? 60,
    failTimer: createTimer(sim, { name: 'fast_io_fail', owner: spec, fire: () => failIo(rport) }),
    lossTimer: createTimer(sim, { name: 'dev_loss', owner: spec, fire: () => loseDevices(rport) }),
  };
  return rport;
}

export const rportName = ({ host, channel, number }: FcRport): string =>
  `rport-${host.number}:${channel}-${number}`;

const devicesOf = ({ host, channel, target }: FcRport): ScsiDevice[] =>
  host.devices.filter(({ address }) => address.channel === channel && address.target === target);

const isBehind = (rport: FcRport, { channel, target }: ScsiTarget): boolean =>
  channel === rport.channel && target === rport.target;

/** Called when the fabric reports the port as gone (fc_remote_port_delete). */
export function losePort(rport: FcRport, loss: FcLoss = 'returned'): void {
  if (rport.portState !== 'Online') return;
  rport.portState = 'Blocked';
  for (const sdev of devicesOf(rport)) {
    setDeviceState(sdev, 'blocked');
    // The commands come back and are tried again at once, but the blocked queue holds them.
    if (loss === 'returned') endInFlight(sdev, DID.TRANSPORT_DISRUPTED);
    else loseInFlight(sdev);
  }
  if (rport.fastIoFailTmo !== null) modTimer(rport.failTimer, seconds(rport.fastIoFailTmo));
  modTimer(rport.lossTimer, seconds(rport.devLossTmo));
}

/** Called when the port is back (fc_remote_port_add). Its devices keep their names unless they were removed. */
export function returnPort(rport: FcRport): void {
  if (rport.portState === 'Online') return;
  const known = rport.portState === 'Blocked';
  deleteTimer(rport.failTimer);
  deleteTimer(rport.lossTimer);
  rport.portState = 'Online';
  if (!known) {
    for (const found of rport.host.targets) if (isBehind(rport, found)) scanHost(rport.host, found);
    return;
  }
  for (const sdev of devicesOf(rport)) {
    // Commands that were lost on the wire are sent again.
    endInFlight(sdev, DID.TRANSPORT_DISRUPTED);
    setDeviceState(sdev, 'running');
  }
}

/** Called after fast_io_fail_tmo (fc_terminate_rport_io): fails held I/O, and ends commands in flight. */
function failIo(rport: FcRport): void {
  for (const sdev of devicesOf(rport)) {
    endInFlight(sdev, DID.TRANSPORT_FAILFAST);
    setDeviceState(sdev, 'transport-offline');
  }
}

/** Called after dev_loss_tmo (fc_timeout_deleted_rport). */
function loseDevices(rport: FcRport): void {
  deleteTimer(rport.failTimer);
  rport.portState = 'Not Present';
  printk(
    rport.host.layer.block.sim,
    ` ${rportName(rport)}: blocked FC remote port time out: removing target and saving binding`,
  );
  for (const sdev of devicesOf(rport)) {
    endInFlight(sdev, DID.TRANSPORT_FAILFAST);
    removeDevice(sdev);
  }
}

/** Commands in flight, except those that error handling has. */
const inFlight = (sdev: ScsiDevice): ScsiCommand[] =>
  sdev.commands.filter(
    ({ rq, fate }) => rq.state === MQ_RQ.IN_FLIGHT && (isScheduled(rq.due) || fate === FATE.LOST),
  );

function loseInFlight(sdev: ScsiDevice): void {
  for (const cmd of inFlight(sdev)) {
    cancel(sdev.queue.layer.sim, cmd.rq.due);
    setFate(cmd, FATE.LOST);
  }
}

/** Makes all commands in flight come back with `hostByte`, as events of this instant. */
function endInFlight(sdev: ScsiDevice, hostByte: number): void {
  const { sim } = sdev.queue.layer;
  for (const cmd of inFlight(sdev)) {
    cancel(sim, cmd.rq.due);
    setResult(cmd, { hostByte });
    schedule(sim, cmd.rq.due, 0);
  }
}

/** /sys/class/fc_remote_ports/rport-H:C-N */
export const rportAttributes: SysfsAttributes<FcRport> = {
  dev_loss_tmo: { show: ({ devLossTmo }) => `${devLossTmo}\n`, store: storeDevLoss },
  fast_io_fail_tmo: {
    show: ({ fastIoFailTmo }) => `${fastIoFailTmo ?? 'off'}\n`,
    store: storeFastIoFail,
  },
  maxframe_size: shows(() => '2048 bytes'),
  node_name: shows(({ nodeName }) => nodeName),
  port_id: shows(({ portId }) => portId),
  port_name: shows(({ portName }) => portName),
  port_state: shows(({ portState }) => portState),
  roles: shows(() => 'FCP Target'),
  scsi_target_id: shows(({ target }) => target),
  supported_classes: shows(() => 'Class 3'),
};

/** EBUSY while a time-out may be running; with fast_io_fail_tmo off it is capped. */
function storeDevLoss(rport: FcRport, text: string): Errno | undefined {
  const value = parseUnsigned(text);
  if (value === null || value > 0xffffffff) return 'EINVAL';
  if (rport.portState !== 'Online') return 'EBUSY';
  if (rport.fastIoFailTmo === null && value > BLOCK_MAX) return 'EINVAL';
  rport.devLossTmo = value;
  return undefined;
}

function storeFastIoFail(rport: FcRport, text: string): Errno | undefined {
  if (rport.portState !== 'Online') return 'EBUSY';
  if (sameWord(text, 'off')) {
    rport.fastIoFailTmo = null;
    return undefined;
  }
  const value = parseUnsigned(text);
  if (value === null || value >= rport.devLossTmo || value > BLOCK_MAX) return 'EINVAL';
  rport.fastIoFailTmo = value;
  return undefined;
}
