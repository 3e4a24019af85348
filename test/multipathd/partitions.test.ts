// Partitions, as one recording of Linux had them: the sectors that kpartx can't read, and what the daemon hears of disks that have partitions.
import { createMachine, runLab } from '@dmsim/host';
import { expect, it } from 'vitest';

function play(script: string): string {
  let text = '';
  runLab(createMachine(), {
    name: 'lab.sh',
    text: `#udev\nmodprobe scsi_debug dev_size_mb=8 delay=0 num_parts=2\nudevadm settle\n${script}`,
    onOutput: (_fd, bytes) => {
      text += new TextDecoder().decode(bytes);
    },
  });
  return text;
}

const listOf = (table: string): string =>
  play(`printf '${table}' | dmsetup create m; kpartx -l /dev/mapper/m; kpartx -l -t gpt /dev/mapper/m
`);

const errors = (...sectors: readonly number[]): string =>
  sectors.map((sector) => `read error, sector ${sector}\n`).join('');

it('names each sector that a reader of a table wanted and could not read', () => {
  expect(listOf('0 16384 error\\n')).toBe(errors(0, 1, 1, 29, 0, 0, 0));
  expect(listOf('0 1 error\\n1 16383 zero\\n')).toBe(errors(0, 0, 0, 0, 0));
});

it('looks for a DASD label on a map only if there is a device below it', () => {
  expect(listOf('0 2 zero\\n2 16382 error\\n')).toBe(errors(29));
  expect(listOf('0 1 zero\\n1 1 linear /dev/sda 100\\n2 16382 error\\n')).toBe(errors(29, 2));
});

it('looks for no DASD label if the first device below a map can no longer be opened', () => {
  const text =
    play(`echo '0 16384 multipath 0 0 1 1 round-robin 0 1 0 /dev/sda' | dmsetup create m; udevadm settle
echo offline > /sys/block/sda/device/state; kpartx -l /dev/mapper/m
`);
  expect(text).toBe(errors(0, 1, 1, 29, 0, 0, 0));
});

it('says that a disk could not be opened, whatever is to be done with it', () => {
  const text = play(`echo offline > /sys/block/sda/device/state
for mode in -l -a -u -d; do kpartx $mode /dev/sda; echo "rc=$?"; done
`);
  expect(text).toBe('/dev/sda: No such device or address\nrc=1\n'.repeat(4));
});

it('hears of disks, and not of their partitions', () => {
  const text = play(`multipathd -d -v3 >> /tmp/log 2>&1 &
sleep 3; udevadm settle; : > /tmp/log
for a in change add remove; do echo $a > /sys/block/sda/sda1/uevent; done; udevadm settle
echo 1 > /sys/block/sda/device/delete; udevadm settle; sleep 1
sed 's/^[0-9.]* | //' /tmp/log | grep -E '^uevent .|already removed|trigger error' | sed 's,/devices.*/,,'
`);
  expect(text).toBe("uevent 'remove' from 'sda'\n");
});
