// table.ts — All programs of a machine.
import { syncDisks } from '@dmsim/bdev';
import { createMknod, createSync } from '@dmsim/coreutils';
import {
  mpathpersistProgram,
  multipathcProgram,
  multipathdProgram,
  multipathProgram,
} from '@dmsim/multipathd';
import { bashProgram } from '@dmsim/shell';
import type { Errno, Task } from '@dmsim/sim';
import type { DeviceNode, Program, ProgramTable } from '@dmsim/vfs';
import { ready } from '@dmsim/vfs';

import { syncFileSystem } from '../ext4/journal.ts';
import { syncMounted } from '../ext4/mounts.ts';
import { mkfsProgram } from '../ext4/programs.ts';
import type { Machine } from '../machine.ts';
import { mountOf } from '../mounts.ts';
import { blockNode } from '../tree/block-node.ts';
import { kernelThreads } from '../tree/kernel-threads.ts';
import type { ProgramFactory } from './bind-programs.ts';
import { bindPrograms } from './bind-programs.ts';
import { df } from './df.ts';
import { dmsetupProgram } from './dmsetup/dmsetup.ts';
import { dmstatsProgram } from './dmsetup/dmstats.ts';
import { fioProgram } from './fio/fio.ts';
import { modprobe } from './kmod/modprobe.ts';
import { rmmod } from './kmod/rmmod.ts';
import { kpartxProgram } from './kpartx/kpartx.ts';
import { lsscsi } from './lsscsi.ts';
import { pgrepProgram, pkillProgram } from './procps/pgrep.ts';
import { psProgram } from './procps/ps.ts';
import { qemuImgProgram } from './qemu-img/qemu-img.ts';
import { qemuIoProgram } from './qemu-img/qemu-io.ts';
import { guestProgram } from './qemu/guest.ts';
import { qemuProgram } from './qemu/qemu.ts';
import { qmpProgram } from './qemu/qmp.ts';
import { sgInq } from './sg3-utils/sg-inq.ts';
import { sgPersist } from './sg3-utils/sg-persist.ts';
import { sgRtpg } from './sg3-utils/sg-rtpg.ts';
import { sgTurs } from './sg3-utils/sg-turs.ts';
import { SHARED_PROGRAMS } from './shared-programs.ts';
import { simctlProgram } from './simctl/simctl.ts';
import { stat } from './stat.ts';
import { journalctlProgram } from './systemd/journalctl.ts';
import { serviceProgram } from './systemd/service.ts';
import { systemctlProgram } from './systemd/systemctl.ts';
import { udevadmProgram } from './udevadm/udevadm.ts';
import { blkdiscard } from './util-linux/blkdiscard.ts';
import { blkid } from './util-linux/blkid.ts';
import { blockdevProgram } from './util-linux/blockdev.ts';
import { dmesgProgram } from './util-linux/dmesg.ts';
import { findmnt } from './util-linux/findmnt.ts';
import { fsfreeze } from './util-linux/fsfreeze.ts';
import { losetup } from './util-linux/losetup.ts';
import { lsblk } from './util-linux/lsblk/lsblk.ts';
import { mount } from './util-linux/mount.ts';
import { mountpoint } from './util-linux/mountpoint.ts';
import { sfdisk } from './util-linux/sfdisk/sfdisk.ts';
import { umount } from './util-linux/umount.ts';
import { wipefs } from './util-linux/wipefs.ts';

export const programsOf = (machine: Machine): ProgramTable =>
  bindPrograms(machine, MACHINE_PROGRAMS, SHARED_PROGRAMS);

const mknod = (machine: Machine): Program =>
  createMknod(({ kind, major, minor, mode }) =>
    kind === 'block'
      ? { ...blockNode(machine, major, minor), mode }
      : { ...characterNode(machine, major, minor), mode },
  );

/** The device of those numbers in /dev; any other has no driver. */
function characterNode({ root }: Machine, major: number, minor: number): DeviceNode {
  const dev = root.lookup('dev');
  const names = dev?.kind === 'directory' ? dev.entries() : [];
  for (const name of names) {
    const node = dev?.kind === 'directory' ? dev.lookup(name) : undefined;
    if (node?.kind === 'character' && node.major === major && node.minor === minor) return node;
  }
  return {
    kind: 'character',
    mode: 0o660,
    major,
    minor,
    open: () => ready('ENXIO'),
  };
}

/** sync(2): writes file systems, then the dirty pages of every disk, waits for them, and reports no errors. */
function* syncAll(machine: Machine): Task<void> {
  for (const fs of machine.fileSystems.mounted.values())
    if (!fs.readOnly) yield* syncFileSystem(fs);
  yield* syncDisks(machine);
}

/** syncfs(2) */
function syncSystem(machine: Machine, path: string): Task<Errno | undefined> {
  const fs = machine.fileSystems.mounted.get(mountOf(machine, path).target);
  return fs === undefined ? ready(undefined) : syncMounted(fs);
}

const shell = ({ programs }: Machine): Program => bashProgram({ programs });

/** The programs that need the machine they run on. */
const MACHINE_PROGRAMS = new Map<string, ProgramFactory<Machine>>([
  ['bash', shell],
  ['blkdiscard', blkdiscard],
  ['blkid', blkid],
  ['blockdev', blockdevProgram],
  ['df', df],
  ['stat', stat],
  ['dmesg', dmesgProgram],
  ['dmsetup', dmsetupProgram],
  ['dmstats', dmstatsProgram],
  ['findmnt', findmnt],
  ['fio', fioProgram],
  ['fsfreeze', fsfreeze],
  ['guest', guestProgram],
  ['journalctl', journalctlProgram],
  ['kpartx', kpartxProgram],
  ['losetup', losetup],
  ['lsblk', lsblk],
  ['lsscsi', lsscsi],
  ['mkfs.ext4', (machine) => mkfsProgram(machine, machine.fileSystems)],
  ['mknod', mknod],
  ['modprobe', modprobe],
  ['mount', mount],
  ['mountpoint', mountpoint],
  ['mpathpersist', ({ multipathHost }) => mpathpersistProgram(multipathHost)],
  ['multipath', ({ multipathHost }) => multipathProgram(multipathHost)],
  ['multipathc', ({ multipathHost }) => multipathcProgram(multipathHost)],
  ['multipathd', ({ multipathHost }) => multipathdProgram(multipathHost)],
  ['pgrep', (machine) => pgrepProgram(() => kernelThreads(machine))],
  ['pkill', (machine) => pkillProgram(() => kernelThreads(machine))],
  ['ps', (machine) => psProgram(() => kernelThreads(machine))],
  ['qemu-img', qemuImgProgram],
  ['qemu-io', qemuIoProgram],
  ['qemu-storage-daemon', qemuProgram],
  ['qemu-system-x86_64', qemuProgram],
  ['qmp', ({ vms }) => qmpProgram(vms)],
  ['rmmod', rmmod],
  ['sfdisk', sfdisk],
  ['sg_inq', sgInq],
  ['sg_rtpg', sgRtpg],
  ['sg_persist', sgPersist],
  ['sg_turs', sgTurs],
  ['sh', shell],
  ['simctl', simctlProgram],
  [
    'sync',
    (machine) =>
      createSync(
        () => syncAll(machine),
        ({ path }) => syncSystem(machine, path),
      ),
  ],
  ['service', serviceProgram],
  ['systemctl', systemctlProgram],
  ['udevadm', udevadmProgram],
  ['umount', umount],
  ['wipefs', wipefs],
]);
