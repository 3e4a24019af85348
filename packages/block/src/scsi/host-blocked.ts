// host-blocked.ts — A driver that refuses a command is left alone for a while. Mirrors drivers/scsi/scsi_lib.c: scsi_set_blocked, scsi_host_queue_ready.
import type { ScsiDevice } from './scsi-device.ts';
import { refreshHealth } from './scsi-device.ts';
import type { ScsiHost } from './scsi-host.ts';

/** So many attempts are answered without asking the driver (SCSI_DEFAULT_HOST_BLOCKED). */
const MAX_HOST_BLOCKED = 7;

export const blockHost = (host: ScsiHost): void => setBlocked(host, MAX_HOST_BLOCKED);

/** A command has ended: the driver takes commands again. */
export function unblockHost(host: ScsiHost): void {
  if (host.blocked > 0) setBlocked(host, 0);
}

/** False if a command that is about to be sent must wait. */
export function hostReady({ host }: ScsiDevice): boolean {
  if (host.blocked === 0) return true;
  const others = host.devices.reduce((sum, { queue }) => sum + queue.inFlight, -1);
  if (others > 0) return false;
  setBlocked(host, host.blocked - 1);
  return host.blocked === 0;
}

function setBlocked(host: ScsiHost, attempts: number): void {
  host.blocked = attempts;
  for (const sdev of host.devices) refreshHealth(sdev);
}
