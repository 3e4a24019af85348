// index.ts — The programs about virtual machines: QEMU, a client for its monitor, and a runner for scripts in guests.
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { qemuImgProgram } from '../qemu-img/qemu-img.ts';
import { qemuIoProgram } from '../qemu-img/qemu-io.ts';
import { guestProgram } from './guest.ts';
import { qemuProgram } from './qemu.ts';
import { qmpProgram } from './qmp.ts';
import type { RunningVms } from './running-vm.ts';

export function qemuPrograms(machine: Machine): Readonly<Record<string, Program>> {
  const vms: RunningVms = new Set();
  return {
    guest: guestProgram(vms),
    qmp: qmpProgram(vms),
    'qemu-system-x86_64': qemuProgram(machine, vms),
    'qemu-img': qemuImgProgram(machine),
    'qemu-io': qemuIoProgram(machine),
    'qemu-storage-daemon': qemuProgram(machine, vms),
  };
}
