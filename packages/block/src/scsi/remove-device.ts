// remove-device.ts — Unplugs a device. Mirrors drivers/scsi/scsi_sysfs.c: __scsi_remove_device, sdev_store_delete.
import type { Task } from '@dmsim/sim';
import { millis, sleepFor, waitEvent, wakeUp } from '@dmsim/sim';

import { runQueue } from '../run-queue.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { setDeviceState } from './scsi-device.ts';
import { detachDisk } from './scsi-disk.ts';

/**
 * Commands in flight end as usual, waiting ones fail, and new ones are refused; when the last has ended, the device is
 * `deleted`. A blocked device is deleted at once, since the I/O that it holds would never end.
 */
export function removeDevice(sdev: ScsiDevice): void {
  const { devices } = sdev.host;
  const i = devices.indexOf(sdev);
  if (i < 0) return;
  devices.splice(i, 1);
  setDeviceState(sdev, 'cancel');
  detachDisk(sdev);
  if (sdev.state === 'cancel') {
    runQueue(sdev.queue);
    finishRemoval(sdev);
  } else setDeleted(sdev);
}

/** Does what writing to `delete` does: returns when the device is gone. */
export function* deleteDevice(sdev: ScsiDevice): Task<void> {
  removeDevice(sdev);
  yield* waitForRemoval(sdev);
}

/** How long the kernel takes to let go of a device, most of which is waiting for readers of RCU. */
const TEARDOWN = millis(20);

/** The wait of a write to `delete`. */
export function* settleRemoval(sdev: ScsiDevice): Task<void> {
  yield* waitForRemoval(sdev);
  yield* sleepFor(TEARDOWN);
}

/** Until the last command of a device that is being removed has ended. */
export function* waitForRemoval(sdev: ScsiDevice): Task<void> {
  yield* waitEvent(sdev.removal, () => sdev.state === 'deleted');
}

/** Called after each command of a device that is being removed. */
export function finishRemoval(sdev: ScsiDevice): void {
  const { inFlight, waiting, requeued } = sdev.queue;
  if (inFlight + waiting + requeued.length === 0) setDeleted(sdev);
}

function setDeleted(sdev: ScsiDevice): void {
  setDeviceState(sdev, 'deleted');
  sdev.host.layer.onEvent({ kind: 'device-removed', device: sdev });
  wakeUp(sdev.removal);
}
