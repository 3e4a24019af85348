// Every run watches the policies of its virtual machines: one that breaks a policy says so.
import { createMachine, runLab } from '@dmsim/host';
import { expect, it } from 'vitest';

const LAB = `modprobe brd rd_nr=1 rd_size=4096
dmsetup create m --table "0 8192 error"
qemu-system-x86_64 -name vm1 -daemonize -nodefaults -display none -drive if=none,id=d,file=/dev/mapper/m,format=raw \
  -device virtio-blk-pci,drive=d,werror=report
guest vm1 'dd if=/dev/zero of=/dev/vda bs=4096 count=1 oflag=direct status=none 2>/dev/null; echo "rc=$?"'
sleep 0.1
`;

/** The names of what broke. `turned`: once the guest has its error, the policy is said to have been another. */
function broken(turned: boolean): string[] {
  const machine = createMachine();
  let output = '';
  const { violations } = runLab(machine, {
    name: 'lab.sh',
    text: LAB,
    onOutput: (_fd, bytes) => (output += new TextDecoder().decode(bytes)),
    between() {
      for (const { vm, events } of machine.vms) {
        const [disk] = vm.disks;
        if (!turned || disk === undefined || events.length === 0) continue;
        if (disk.blk.onWriteError === 'stop') continue;
        disk.blk.onWriteError = 'stop';
        vm.layer.emit('BLOCK_IO_ERROR', {
          device: disk.blk.name,
          'node-name': disk.blk.node.name,
          operation: 'write',
          action: 'report',
        });
      }
      return undefined;
    },
  });
  expect(output).toBe('rc=1\n');
  return violations.map(({ invariant }) => invariant);
}

it('accepts a guest that sees an error which its policy reports', () => {
  expect(broken(false)).toEqual([]);
});

it('checks the reaction to an error, and the error that the guest sees, against the policy', () => {
  expect(broken(true).toSorted()).toEqual([
    'a guest sees the errors that its policy lets through, and no other',
    'what is done about an error is what the policy says',
  ]);
});
