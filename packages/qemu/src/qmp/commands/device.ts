// device.ts — device_add and device_del. Mirrors softmmu/qdev-monitor.c.
import type { Nanos } from '@dmsim/sim';
import { after, micros } from '@dmsim/sim';

import { handlerReady } from '../../aio/aio-context.ts';
import type { Blocking } from '../../aio/main-loop.ts';
import { runBlocking } from '../../aio/main-loop.ts';
import type { BlockNode } from '../../block/node.ts';
import { drainTwice } from '../../block/node.ts';
import type { GuestDisk } from '../../devices/guest-disk.ts';
import { cancelJob } from '../../jobs/transaction.ts';
import { addDevice } from '../../vm/add-device.ts';
import type { DeviceArg } from '../../vm/command-line.ts';
import type { Vm } from '../../vm/vm.ts';
import { detachDisk, releaseDisk } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, notSimulated, stringArg, success } from '../command.ts';
import type { Json, JsonObject } from '../json.ts';
import { isJsonObject, printJson } from '../json.ts';
import { required } from '../qapi.ts';

/** The time until every thread has noticed that the device is gone (an RCU grace period). */
const GRACE: Nanos = micros(100);

/** Converts a JSON value to the text that a property's parser expects. */
const textOf = (value: Json): string => {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'string' ? value : printJson(value);
};

function toDevice(args: JsonObject): DeviceArg {
  const { driver, ...rest } = args;
  const properties = new Map(Object.entries(rest).map(([name, value]) => [name, textOf(value)]));
  return { text: '', driver: textOf(driver ?? ''), properties };
}

/** Replaces messages that QMP words differently from the command line. */
function inOtherWords(why: string, id: string | undefined): string {
  const duplicate = `Duplicate ID '${id ?? ''}' for device`;
  return why === duplicate ? `Duplicate device ID '${id ?? ''}'` : (why.split('\n')[0] ?? why);
}

const deviceAdd: QmpCommand = {
  name: 'device_add',
  // All members are properties of the device, as text.
  args: [],
  isOpen: true,
  needsMachine: true,
  *run(vm, args): Blocking<CommandResult> {
    const model = args['driver'];
    if (model === undefined || model === null || Array.isArray(model) || isJsonObject(model))
      return failure("Parameter 'driver' is missing");
    if (vm.disksAreFixed) return notSimulated('device_add while a guest runs');
    const device = toDevice(args);
    const { driver, properties } = device;
    const released: BlockNode[] = [];
    const onRelease = (node: BlockNode): void => void released.push(node);
    const why = addDevice(vm, device, { isHotplug: true, onRelease });
    for (const node of released) yield* drainTwice(node);
    if (why === null) return success();
    return why.endsWith('not simulated')
      ? notSimulated(`device_add ${driver}`)
      : failure(inOtherWords(why, properties.get('id')));
  },
};

/** Removes a SCSI disk at once. A disk on a PCI port goes when its guest agrees, which is not simulated, or at the next reset. */
const deviceDel: QmpCommand = {
  name: 'device_del',
  args: [required('id', 'string')],
  needsMachine: true,
  *run(vm, args): Blocking<CommandResult> {
    const id = (stringArg(args, 'id') ?? '').replace(/^\/machine\/peripheral\//u, '');
    const disk = vm.disks.find((one) => one.id === id);
    const there = disk !== undefined || vm.controllers.some((controller) => controller.id === id);
    if (!there)
      return failure(`Device '${stringArg(args, 'id') ?? ''}' not found`, 'DeviceNotFound');
    if (vm.pciBuses.get(id) === 'pcie.0')
      return failure("Bus 'pcie.0' does not support hotplugging");
    if (disk?.model.name.startsWith('ide-') === true)
      return failure(`Bus '${ideBusOf(vm, disk)}' does not support hotplugging`);
    if (disk === undefined) return notSimulated('device_del of a device on a bus of its own');
    if (vm.disksAreFixed) return notSimulated('device_del while a guest runs');
    if (disk.model.name !== 'scsi-hd') unplugAtReset(vm, disk);
    else {
      yield* detachDisk(vm, disk);
      yield* cancelJobsOf(vm, disk);
      deleteLater(vm, disk, releaseDisk(disk));
    }
    return success();
  },
};

/** blockdev_mark_auto_del: a drive goes with its device, and the jobs on its node end. */
function* cancelJobsOf(vm: Vm, { blk }: GuestDisk): Blocking<void> {
  if (blk.name === '') return;
  for (const job of vm.jobs.toReversed())
    if (!job.cancelled && job.nodes.some(({ node }) => node === blk.node))
      yield* cancelJob(job, false);
}

/** Without a bus of its own choice, a disk takes the last that is free. */
function ideBusOf({ disks, rootBus, ideBuses }: Vm, wanted: GuestDisk): string {
  const chosen = ideBuses.get(wanted.id);
  if (chosen !== undefined) return chosen;
  const last = rootBus === 'pcie.0' ? 5 : 1;
  return `ide.${last - disks.filter((disk) => disk.model === wanted.model).indexOf(wanted)}`;
}

/** pcie_cap_slot_reset */
function unplugAtReset(vm: Vm, disk: GuestDisk): void {
  const { pciBuses, resetListeners } = vm;
  resetListeners.push(() => {
    if (pciBuses.delete(disk.id)) deleteLater(vm, disk, removeDisk(vm, disk));
  });
}

function* removeDisk(vm: Vm, disk: GuestDisk): Blocking<void> {
  yield* detachDisk(vm, disk);
  yield* cancelJobsOf(vm, disk);
  yield* releaseDisk(disk);
}

/** The device is deleted when its last user has released it, after the reply to the command. */
function deleteLater(vm: Vm, { id, model }: GuestDisk, release: Blocking<void>): void {
  const { main, emit } = vm.layer;
  const what = `device ${id} is deleted`;
  const path = `/machine/peripheral/${id}`;
  const deleted = (): void => {
    if (model.qdev(id) !== id) emit('DEVICE_DELETED', { path: model.qdev(id) });
    emit('DEVICE_DELETED', { device: id, path });
  };
  after(vm.sim, GRACE, what, () =>
    handlerReady(main.aio, what, () => runBlocking(main, release, deleted)),
  );
}

export const deviceCommands: readonly QmpCommand[] = [deviceAdd, deviceDel];
