// table.ts — All programs of a machine.
import { writeBack } from '@dmsim/bdev';
import { dd, createMknod, createSync, textPrograms } from '@dmsim/coreutils';
import { multipathdProgram, multipathProgram } from '@dmsim/multipathd';
import { bashProgram } from '@dmsim/shell';
import type { Task } from '@dmsim/sim';
import type { DeviceNode, Program, ProgramTable } from '@dmsim/vfs';
import { ready } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { blockNode } from '../tree/block-node.ts';
import { unsimulatedProgram } from '../unsimulated.ts';
import { blkdiscard } from './blkdiscard.ts';
import { blockdevProgram } from './blockdev.ts';
import { busybox } from './busybox.ts';
import { DEBIAN_PROGRAMS } from './debian-programs.ts';
import { dmesgProgram } from './dmesg.ts';
import { dmsetupProgram } from './dmsetup/dmsetup.ts';
import { fioProgram } from './fio/fio.ts';
import { journalctlProgram } from './journalctl.ts';
import { kpartxProgram } from './kpartx/kpartx.ts';
import { modprobe } from './modprobe.ts';
import { mount } from './mount.ts';
import { qemuPrograms } from './qemu/index.ts';
import { sgInq } from './sg-inq.ts';
import { sgTurs } from './sg-turs.ts';
import { simctlProgram } from './simctl/simctl.ts';
import { systemctlProgram } from './systemctl.ts';
import { udevadmProgram } from './udevadm.ts';

export function programsOf(machine: Machine): ProgramTable {
  const own: Readonly<Record<string, Program>> = {
    blkdiscard: blkdiscard(machine),
    blockdev: blockdevProgram(machine),
    busybox,
    dd,
    dmesg: dmesgProgram(machine),
    dmsetup: dmsetupProgram(machine),
    mknod: createMknod(({ kind, major, minor, mode }) =>
      kind === 'block'
        ? { ...blockNode(machine, major, minor), mode }
        : { ...missingDevice(major, minor), mode },
    ),
    fio: fioProgram(machine),
    journalctl: journalctlProgram(machine),
    kpartx: kpartxProgram(machine),
    modprobe: modprobe(machine),
    mount: mount(machine),
    multipath: multipathProgram(machine.multipathHost),
    multipathd: multipathdProgram(machine.multipathHost),
    ...qemuPrograms(machine),
    sg_inq: sgInq(machine),
    sg_turs: sgTurs(machine),
    simctl: simctlProgram(machine),
    sync: createSync(() => syncAll(machine)),
    systemctl: systemctlProgram(machine),
    udevadm: udevadmProgram(machine),
  };
  const programs = new Map(textPrograms);
  for (const [name, program] of Object.entries(own)) programs.set(name, program);
  const shell = bashProgram({ programs });
  programs.set('bash', shell).set('sh', shell);
  for (const [name, packageName] of DEBIAN_PROGRAMS) {
    if (!programs.has(name)) programs.set(name, unsimulatedProgram(name, packageName));
  }
  return programs;
}

/** A character device without a driver. */
function missingDevice(major: number, minor: number): DeviceNode {
  return {
    kind: 'character',
    mode: 0o660,
    major,
    minor,
    open: () => ready('ENXIO'),
  };
}

/** sync(2): writes the dirty pages of every disk, waits for them, and reports no errors. */
function* syncAll({ pageCaches }: Machine): Task<void> {
  for (const cache of pageCaches.values()) yield* writeBack(cache);
}
