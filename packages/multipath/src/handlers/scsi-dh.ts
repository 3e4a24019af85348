// scsi-dh.ts — Attaches a hardware handler to a disk and calls it. Mirrors drivers/scsi/scsi_dh.c.
import type { BlockDevice, ScsiDevice } from '@dmsim/block';
import { scsiDeviceOf } from '@dmsim/block';
import type { Errno, Sim } from '@dmsim/sim';

import type { HandlerRegistry, HardwareHandler, ScsiDhResult } from './hardware-handler.ts';
import { SCSI_DH } from './hardware-handler.ts';

/** The parts of the module that attaching and activating need. */
export interface ScsiDhHost {
  readonly sim: Sim;
  readonly handlers: HandlerRegistry;
}

/** A partition's requests go to the disk's queue, and the queue's device is asked (scsi_device_from_queue). */
const sdevOf = (dev: BlockDevice): ScsiDevice | null => scsiDeviceOf(dev.partition?.disk ?? dev);

/** The handler a disk has, if it is a SCSI disk (scsi_dh_attached_handler_name). */
export const attachedHandlerName = (dev: BlockDevice): string | null =>
  sdevOf(dev)?.handler ?? null;

/** Attaches the handler `name`. EBUSY if the disk has another one: handlers are never detached. */
export function attachHandler(
  host: ScsiDhHost,
  dev: BlockDevice,
  name: string,
  requestModule: (module: string) => void,
): Errno | undefined {
  const scsi = sdevOf(dev);
  if (scsi === null) return 'ENODEV';
  const handler = lookupHandler(host.handlers, name, requestModule);
  if (handler === undefined) return 'EINVAL';
  if (scsi.handler !== null) return scsi.handler === name ? undefined : 'EBUSY';
  const error = handler.attach(scsi);
  if (error === undefined) scsi.handler = name;
  return error;
}

function lookupHandler(
  handlers: HandlerRegistry,
  name: string,
  requestModule: (module: string) => void,
): HardwareHandler | undefined {
  if (!handlers.has(name)) requestModule(`scsi_dh_${name}`);
  return handlers.get(name);
}

/** A handler without parameters answers EBUSY, since Linux takes SCSI_DH_NOSYS, 16, for an errno. */
export function setHandlerParams(
  { handlers }: ScsiDhHost,
  dev: BlockDevice,
  params: readonly string[],
): Errno | undefined {
  const scsi = sdevOf(dev);
  if (scsi === null) return 'EBUSY';
  const handler = handlerOf(handlers, scsi);
  return handler?.setParams === undefined ? 'EBUSY' : handler.setParams(scsi, params);
}

function handlerOf(
  handlers: HandlerRegistry,
  { handler }: ScsiDevice,
): HardwareHandler | undefined {
  return handler === null ? undefined : handlers.get(handler);
}

/** Calls `done` once; immediately if there is no handler to ask. */
export function activateHandler(
  { sim, handlers }: ScsiDhHost,
  dev: BlockDevice,
  done: (result: ScsiDhResult) => void,
): void {
  const scsi = sdevOf(dev);
  const handler = scsi === null ? undefined : handlerOf(handlers, scsi);
  if (scsi === null || handler === undefined) return done(SCSI_DH.NOSYS);
  const refused = refusal(scsi);
  if (refused !== null) return done(refused);
  return handler.activate(sim, scsi, done);
}

function refusal({ state }: ScsiDevice): ScsiDhResult | null {
  if (state === 'cancel' || state === 'deleted') return SCSI_DH.NOTCONN;
  return state === 'offline' ? SCSI_DH.DEV_OFFLINED : null;
}
