// multipath-host.ts — Fills the `MultipathHost` of multipath-tools from the machine.
import type { BlockDevice } from '@dmsim/block';
import { closeDevice, openDevice, scsiDeviceOf } from '@dmsim/block';
import type { MultipathHost, Udev } from '@dmsim/multipathd';
import { createCommandSocket, createPidLock } from '@dmsim/multipathd';
import type { Errno, Task } from '@dmsim/sim';
import { createPrng, streamSeed, waitEvent } from '@dmsim/sim';

import { spawnDaemon } from '../daemons.ts';
import type { Machine } from '../machine.ts';
import { triggerUevent } from '../udev/trigger.ts';
import { countCookie, createSemaphore, destroyIfDone } from '../udev/udev.ts';
import { openDirect } from './direct-reader.ts';
import { scsiGeneric } from './scsi-generic.ts';

/** `machine` is a function, since the machine holds this host itself and is not finished yet. */
export function createMultipathHost(
  { sim, root, dm, plugins }: Pick<Machine, 'sim' | 'root' | 'dm'> & Pick<MultipathHost, 'plugins'>,
  machine: () => Machine,
): MultipathHost {
  const socket = createCommandSocket(sim);
  const udev = udevOf(machine);
  const scsi = scsiGeneric(machine);
  return {
    sim,
    random: createPrng(streamSeed(sim.seed, 'prio random')),
    root,
    dm,
    udev,
    scsi,
    openDirect: (kernel) => openDirect(machine(), kernel),
    tryExclusive: (kernel) => tryExclusive(machine(), kernel),
    socket,
    plugins,
    pidLock: createPidLock(),
    waitFiles: new Map(),
    outliveLab: (process) => {
      const { outliving } = machine();
      outliving.add(process);
      process.atExit.push(() => outliving.delete(process));
    },
    spawnThread: (name, main, threadOf) =>
      spawnDaemon(machine(), name, main, threadOf === undefined ? {} : { threadOf }),
  };
}

function tryExclusive({ layer }: Machine, kernel: string): Errno | undefined {
  const dev = layer.byName.get(kernel);
  if (dev === undefined) return 'ENOENT';
  const holder = 'multipath -c';
  const error = openDevice(dev, holder);
  if (error === undefined) closeDevice(dev, holder);
  return error;
}

function udevOf(machine: () => Machine): Udev {
  return {
    isRunning: () => machine().udev.running,
    blockDevices: () => blockDevices(machine()),
    properties: (kernel) => machine().udev.database.get(kernel)?.properties,
    subscribe(listener) {
      const { listeners } = machine().udev;
      // The daemon asks udev's monitor for disks, not for partitions.
      const hear: typeof listener = (event) => {
        if (event.properties.get('DEVTYPE') === 'disk') listener(event);
      };
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    trigger: (kernel, action) => triggerUevent(machine(), kernel, action),
    createCookie: (flags) => flags * 0x10000 + createSemaphore(machine().udev, machine().sim.now),
    wait: (cookie) => waitForCookie(machine(), cookie),
  };
}

function* waitForCookie({ udev, sim }: Machine, cookie: number): Task<void> {
  const id = cookie & 0xffff;
  countCookie(udev, cookie, -1, sim.now);
  yield* waitEvent(udev.processed, () => destroyIfDone(udev, id));
}

/** Returns the names in the order of libudev: SCSI disks by host, channel, target and LUN, then virtual disks, maps last. */
function blockDevices({ layer }: Machine): string[] {
  return [...layer.devices.values()]
    .filter(({ partition }) => partition === null)
    .map((dev) => ({ name: dev.name, place: placeOf(dev) }))
    .toSorted((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ name }) => name);
}

function placeOf(dev: BlockDevice): string {
  const scsi = scsiDeviceOf(dev);
  if (scsi === null) return `${dev.name.startsWith('dm-') ? '~~' : '~'}${dev.name}`;
  const { host, channel, target, lun } = scsi.address;
  return [host, channel, target, lun].map((n) => String(n).padStart(6, '0')).join(':');
}
