// guest.ts — guest: runs a script in a VM and waits for it, as over a console. Linux has no such program.
import { parseOptions, writeAll, refuse, fail, failUsage, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import { isRunning } from '@dmsim/qemu';
import type { Task } from '@dmsim/sim';
import { createWaitQueue, userWait, wakeUp } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { bootGuest, isUp, runInGuest } from '../../guest/guest.ts';
import type { Guest } from '../../guest/guest.ts';
import type { Machine, VmWatcher } from '../../machine.ts';
import type { RunningVm } from './running-vm.ts';

const HELP = `Usage: guest NAME SCRIPT
Runs SCRIPT, a bash script, in the guest of the VM that was started with -name NAME; its output and its status
are the script's. This program is the simulator's own: Linux has none of this name.

The guest is a small Linux with a clock of its own, which stands still while the VM does not run. It has the VM's
disks (/dev/vda and on with virtio-blk-pci, /dev/sda and on with scsi-hd), the text programs, dd, sync, dmesg, blockdev, and
mkfs.ext4, mount and umount for an ext4-like file system. docs/guest.md describes how far it behaves like Linux.

Exit status: the script's; 255 if the VM is gone, was reset, or its kernel has panicked.
`;

const GONE = 255;

export function guestProgram(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, { vms, vmWatchers }: Machine): Task<number> {
  const { operands } = parseOptions(t, { inOrder: true, help: HELP });
  const [name, script, ...rest] = operands;
  if (name === undefined || script === undefined) failUsage(t, 'missing operand');
  if (rest.length > 0) failUsage(t, `extra operand '${rest[0]}'`);
  const running = [...vms].findLast((vm) => vm.name === textOf(name));
  if (running === undefined) fail(t, `no VM is called '${name}'`, GONE);
  const guest = guestOf(t, running, vmWatchers);
  return yield* runScript(t, guest, textOf(script));
}

/** Finds the VM's guest, and boots it for the first script. */
function guestOf(t: Tool, running: RunningVm, watchers: readonly VmWatcher[]): Guest {
  const { guest, vm } = running;
  if (guest !== null && isUp(guest)) return guest;
  if (guest?.panic === true) fail(t, `${running.name}: its kernel has panicked`, GONE);
  if (guest === null && !isRunning(vm))
    refuse(t, `a guest that boots in a VM that is ${vm.runState}`);
  const unknown = vm.disks.find(({ model }) => !['virtio-blk-pci', 'scsi-hd'].includes(model.name));
  if (unknown !== undefined) refuse(t, `a guest with a disk on ${unknown.model.name}`);
  const booted = bootGuest(t.process.sim, vm);
  running.guest = booted;
  for (const watcher of watchers) watcher.booted(booted);
  return booted;
}

function* runScript(t: Tool, guest: Guest, script: string): Task<number> {
  const output: { readonly fd: 1 | 2; readonly bytes: Uint8Array }[] = [];
  const woken = createWaitQueue(`the guest ${guest.vm.name}`);
  const job = runInGuest(guest, script, {
    onOutput: (fd, bytes) => {
      output.push({ fd, bytes: bytes.slice() });
      wakeUp(woken);
    },
    onEnd: () => wakeUp(woken),
  });
  for (;;) {
    for (let part = output.shift(); part !== undefined; part = output.shift()) {
      yield* writeAll(t.process, t.context.fds.get(part.fd), part.bytes);
    }
    if (job.status !== null) return job.status;
    if (!isUp(guest)) fail(t, `${guest.vm.name}: the guest is gone`, GONE);
    yield* userWait(t.process, { on: woken.name, queue: woken, timeout: Infinity });
  }
}
