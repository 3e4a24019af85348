import { random } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { MachineOptions } from '../create-machine.ts';
import { createMachine } from '../create-machine.ts';
import { runLab } from '../run-lab.ts';

const SETUP = `
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=64 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
map() { dmsetup create mpatha --table "0 $S multipath $1 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"; }
down() { for d in sda sdb; do echo offline > /sys/block/$d/device/state; done; }
up() {
  for d in sda sdb; do echo running > /sys/block/$d/device/state; done
  for dev in 8:0 8:16; do dmsetup message mpatha 0 reinstate_path $dev; done
}
Q="qemu-system-x86_64 -nodefaults -display none -qmp unix:/run/q,server=on,wait=off"
Q="$Q -blockdev driver=host_device,filename=/dev/mapper/mpatha,node-name=disk"
vm() { $Q "$@"; }
fs() { guest vm "mkfs.ext4 -q /dev/vda && mount -o errors=$1 /dev/vda /mnt"; }
`;
const VIRTIO = '-daemonize -device virtio-blk-pci,drive=disk';
const WRITE = 'dd if=/dev/zero of=/dev/vda bs=4096 count=1 oflag=direct status=none';

function play(
  text: string,
  options: MachineOptions = {},
): { text: string; outcome: ReturnType<typeof runLab>['outcome'] } {
  const decoder = new TextDecoder();
  let said = '';
  const { outcome, violations } = runLab(createMachine(options), {
    name: 'lab',
    text: SETUP + text,
    onOutput: (_fd, bytes) => {
      said += decoder.decode(bytes, { stream: true });
    },
  });
  expect(violations).toEqual([]);
  return { text: said, outcome };
}

const exited = (status: number): object => ({ kind: 'exited', status });

describe('a VM whose lab ends', () => {
  it('is killed with the shell it was started from', () => {
    expect(play(`map 0; vm ${VIRTIO}`).outcome).toEqual(exited(0));
  });

  it('can not be killed while the kernel has I/O of it', () => {
    const { outcome } = play(
      `map "1 queue_if_no_path"; vm ${VIRTIO}; down; guest vm '${WRITE}' & sleep 1`,
    );
    expect(outcome).toMatchObject({
      kind: 'hung',
      report: [
        expect.stringContaining('qemu-system-x86_64 (pid 105, D) waits for I/O of its disks'),
        expect.stringContaining('mpatha (dm-0, 254:0) has no path and queues: 1 I/O waits'),
      ],
    });
  });
});

describe('qemu-system-x86_64', () => {
  it.each([
    [
      '-device virtio-blk-pci,drive=disk,werror=retry',
      "Parameter 'werror' does not accept value 'retry'",
    ],
    [
      '-device virtio-blk-pci,drive=none',
      "Property 'virtio-blk-device.drive' can't find value 'none'",
    ],
  ])("says what QEMU says to '%s', and leaves nothing open", (options, why) => {
    const { text } = play(`map 0; vm ${options}; echo $?; dmsetup remove mpatha; ls /run`);
    expect(text).toBe(`qemu-system-x86_64: ${options}: ${why}\n1\n`);
  });

  it.each(['-vnc :1', '-qmp stdio', '-device e1000', '-display gtk'])('refuses %s', (options) => {
    expect(play(`qemu-system-x86_64 ${options}`).outcome).toMatchObject({ kind: 'refused' });
  });

  it.each(['QEMU_BUILD', 'RETRY_MODE', 'RETRY_SETTINGS', 'IOSTATUS_RULE', 'JOB_ERRORS'])(
    'refuses a value of DMSIM_%s that is none',
    (name) => {
      expect(play(`DMSIM_${name}=x qemu-system-x86_64`).outcome).toMatchObject({ kind: 'refused' });
    },
  );

  it("raises a job's io-status with the rule of the RFC", () => {
    const rules = ['merged', 'rfc'].map(
      (rule) =>
        play(`dd if=/dev/zero of=/tmp/src bs=1M count=2 status=none; truncate -s 2M /tmp/dst
        B=driver=blkdebug,node-name=src,image.driver=file,image.filename=/tmp/src
        for i in 0 1; do B=$B,inject-error.$i.event=none,inject-error.$i.iotype=read,inject-error.$i.once=on; done
        DMSIM_IOSTATUS_RULE=${rule} qemu-system-x86_64 -daemonize -machine none -qmp unix:/run/q,server=on,wait=off \
          -blockdev $B,inject-error.0.errno=28,inject-error.0.sector=0,inject-error.1.errno=5,inject-error.1.sector=2048 \
          -blockdev driver=file,node-name=dst,filename=/tmp/dst
        qmp /run/q '{"execute": "blockdev-mirror", "arguments": {"job-id": "j", "device": "src", "target": "dst", "sync": "full", "on-source-error": "stop"}}'
        sleep 1; qmp /run/q '{"execute": "query-block-jobs"}' | grep -o '"io-status": "[a-z]*"'`)
          .text,
    );
    expect(rules).toEqual([
      '{"return": {}}\n"io-status": "nospace"\n',
      '{"return": {}}\n"io-status": "failed"\n',
    ]);
  });

  it('ends by a signal as by quit, and is gone after SIGKILL', () => {
    const { text } = play(`map 0
      $Q -device virtio-blk-pci,drive=disk & sleep 1; kill $!; wait $!; echo $?; cat /run/q.events
      $Q -device virtio-blk-pci,drive=disk & sleep 1; kill -9 $!; wait $! 2>/dev/null; echo $?
      qmp /run/q '{"execute": "query-status"}'; dmsetup remove mpatha`);
    expect(text).toBe(
      '0\n{"event": "SHUTDOWN", "data": {"guest": false, "reason": "host-signal"}}\n137\n' +
        'qmp: /run/q: No such file or directory\n',
    );
  });

  it('keeps images in the tree', () => {
    const { text } = play(`truncate -s 1M /tmp/img
      qemu-system-x86_64 -daemonize -display none -drive file=/tmp/img,if=virtio,format=raw
      guest vm 'echo hello | dd of=/dev/vda conv=sync status=none'; head -c 6 /tmp/img`);
    expect(text).toBe('hello\n');
  });
});

describe('qmp', () => {
  it.each([
    ['-blockdev driver=null-co,node-name=d,cache.direct=on -device virtio-blk-pci,drive=d', true],
    ['-drive driver=null-co,if=virtio,cache=none', true],
    ['-drive driver=null-co,if=virtio', false],
  ])('shows the cache mode of %s', (options, direct) => {
    const { text } =
      play(`qemu-system-x86_64 -daemonize -qmp unix:/run/q,server=on,wait=off ${options}
      qmp /run/q '{"execute": "query-block"}'`);
    expect(text).toContain(`"direct": ${direct}`);
  });

  it('waits for an event, or not that long', () => {
    const { text } = play(`map 0; vm ${VIRTIO}; qmp --wait STOP --timeout 3 /run/q; echo $?
      { sleep 1; qmp /run/q '{"execute": "stop"}' > /dev/null; } & qmp --wait STOP /run/q; echo $?`);
    expect(text).toBe('124\n{"event": "STOP"}\n0\n');
  });
});

describe('a guest', () => {
  it('does not notice that its VM stood still', () => {
    const { text } = play(`map 0; vm ${VIRTIO},werror=stop; down
      guest vm 'from=$(date +%s); ${WRITE}; echo $? $(($(date +%s) - from))' & sleep 300
      up; qmp /run/q '{"execute": "cont"}' > /dev/null; wait`);
    expect(text).toBe('0 0\n');
  });

  it('says of a hung task after 120 to 240 s of queueing, and goes on', () => {
    const { text } = play(`map "1 queue_if_no_path"; vm ${VIRTIO}; down
      guest vm '${WRITE.replace('oflag=direct', 'conv=fsync')}; echo $?; dmesg | grep -o "INFO.*"' & sleep 250; up; wait`);
    expect(text).toMatch(/^0\nINFO: task dd:\d+ blocked for more than 120 seconds\.\n$/);
  });

  it('sends an aborted SCSI command five times again', () => {
    const { text } =
      play(`map 0; vm -daemonize -device virtio-scsi-pci -device scsi-hd,drive=disk,werror=report
      down; guest vm '${WRITE.replace('vda', 'sda')}; echo $?'; wc -l < /run/q.events`);
    expect(text).toBe("dd: error writing '/dev/sda': Input/output error\n1\n6\n");
  });

  it('loses data that nobody waited for without a word to who wrote it', () => {
    const { text } = play(`map 0; vm ${VIRTIO},werror=report; fs continue; down
      guest vm 'echo x > /mnt/f; echo $?; sleep 4; dmesg | grep -c "I/O error"'; up; guest vm 'sync /mnt/f; echo $?'`);
    expect(text).toBe('0\n0\n0\n');
  });

  it.each(['continue', 'remount-ro'])(
    'takes no changes without its journal but stays rw, with errors=%s',
    (errors) => {
      const { text } = play(`map 0; vm ${VIRTIO},werror=report; fs ${errors}; down
      guest vm 'echo x > /mnt/f; sleep 6; echo y > /mnt/f; cut -d" " -f4 /proc/mounts | tail -1; umount /mnt'`);
      expect(text).toMatch(/Read-only file system\nrw,/);
    },
  );

  it('panics without its journal, with errors=panic', () => {
    const { text } = play(`map 0; vm ${VIRTIO},werror=report; fs panic; down
      guest vm 'echo x > /mnt/f; sleep 6; echo y > /mnt/f; echo never'; echo $?; guest vm true; echo $?`);
    expect(text).toBe(
      'guest: vm: the guest is gone\n255\nguest: vm: its kernel has panicked\n255\n',
    );
  });

  it('keeps files over a mount, but not what got lost', () => {
    const { text, outcome } = play(`map 0; vm ${VIRTIO},werror=report; fs continue
      guest vm 'echo x > /mnt/f; umount /mnt; ls /mnt; mount /dev/vda /mnt; cat /mnt/f'
      down; guest vm 'echo y > /mnt/f; sync; umount /mnt'; up; guest vm 'mount /dev/vda /mnt'`);
    expect(text).toBe('x\n');
    expect(outcome).toMatchObject({ kind: 'refused' });
  });

  it('starts anew after a reset', () => {
    const { text } = play(`map 0; vm ${VIRTIO}; guest vm 'touch /tmp/x; sleep 9' & sleep 1
      qmp /run/q '{"execute": "system_reset"}' > /dev/null; wait $!; echo $?; guest vm 'ls /tmp'`);
    expect(text).toBe('guest: vm: the guest is gone\n255\n');
  });

  it.each([1, 2, 3])('comes out right in any order of events (seed %i)', (seed) => {
    const { text } = play(
      `map 0; DMSIM_QEMU_BUILD=series DMSIM_RETRY_MODE=reviewed vm ${VIRTIO},werror=retry; fs remount-ro
      guest vm 'for i in 1 2 3 4 5 6; do echo $i >> /mnt/f; sync /mnt/f || echo bad; sleep 1; done; cat /mnt/f' &
      sleep 1.5; down; sleep 3; up; wait`,
      { seed, chooser: random(seed) },
    );
    expect(text).toBe('1\n2\n3\n4\n5\n6\n');
  });
});
