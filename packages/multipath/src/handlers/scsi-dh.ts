// scsi-dh.ts — A disk and its hardware handler. Mirrors drivers/scsi/scsi_dh.c.
import type { BlockDevice, ScsiDevice } from '@dmsim/block';
import { scsiDeviceOf } from '@dmsim/block';
import type { Errno, Sim } from '@dmsim/sim';

import type { HandlerRegistry, HardwareHandler, ScsiDhResult } from './hardware-handler.ts';
import { SCSI_DH } from './hardware-handler.ts';

/** What attaching and activating need of the module and the machine. */
export interface ScsiDhHost {
  readonly sim: Sim;
  readonly handlers: HandlerRegistry;
}

/** The handler a disk has, if it is a SCSI disk (scsi_dh_attached_handler_name). */
export const attachedHandlerName = (dev: BlockDevice): string | null =>
  scsiDeviceOf(dev)?.handler ?? null;

/** EBUSY: it has another one. Nothing ever detaches a handler. */
export function attachHandler(
  host: ScsiDhHost,
  dev: BlockDevice,
  name: string,
  requestModule: (module: string) => void,
): Errno | undefined {
  const scsi = scsiDeviceOf(dev);
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

/** The errno of a handler without parameters is that of SCSI_DH_NOSYS taken for one: 16. */
export function setHandlerParams(
  { handlers }: ScsiDhHost,
  dev: BlockDevice,
  params: readonly string[],
): Errno | undefined {
  const scsi = scsiDeviceOf(dev);
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

/** `done` is called once: at once when the handler can't even be asked. */
export function activateHandler(
  { sim, handlers }: ScsiDhHost,
  dev: BlockDevice,
  done: (result: ScsiDhResult) => void,
): void {
  const scsi = scsiDeviceOf(dev);
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
