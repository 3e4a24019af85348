// The reads of multipath and udev from a disk beside the probe of libblkid, by the disk's statistics; the numbers are Linux's.
import { createMachine, runLab } from '@dmsim/host';
import { describe, expect, it } from 'vitest';

const SETUP = `#udev
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
printf 'defaults {\\n user_friendly_names yes\\n find_multipaths no\\n reservation_key 0x12\\n}\\n' > /etc/multipath.conf
reads() { read -r count rest < /sys/block/sda/stat; echo "$count"; }
step() { local before=$(reads); eval "$1" > /tmp/out 2>&1; sleep 1; udevadm settle; echo $(($(reads) - before)); }
`;

function play(script: string): { text: string; outcome: unknown } {
  let text = '';
  const { outcome } = runLab(createMachine(), {
    name: 'lab.sh',
    text: SETUP + script,
    onOutput: (_fd, bytes) => {
      text += new TextDecoder().decode(bytes);
    },
  });
  return { text, outcome };
}

const readsOf = (...steps: readonly string[]): string =>
  play(steps.map((step) => `step '${step}'\n`).join(''))
    .text.trim()
    .replaceAll('\n', ' ');

describe('multipath', () => {
  it('reads the first page of each path that it asks for its geometry', () => {
    expect(readsOf('multipath -v0 -d', 'multipath -ll', 'multipath -c /dev/sda')).toBe('1 1 0');
  });

  it('finds the page in memory while somebody has the disk open', () => {
    expect(readsOf('exec 5< /dev/sda; multipath -d', 'multipath -d')).toBe('1 0');
  });
});

describe('udev', () => {
  it('has the kernel look for partitions once a writer has closed the disk, and then probes it', () => {
    expect(readsOf(': > /dev/sda', 'udevadm trigger --name-match=sda')).toBe('33 30');
  });

  it('lets a table that was written take effect', () => {
    const { text } = play(`printf 'start=2048, size=2048\\n' | sfdisk -q --no-tell-kernel /dev/sda
sleep 1; udevadm settle; ls /dev/sda*
dd if=/dev/zero of=/dev/sda bs=512 count=1 status=none; sleep 1; udevadm settle; ls /dev/sda*`);
    expect(text).toBe('/dev/sda\n/dev/sda1\n/dev/sda\n');
  });

  it('leaves the partitions of a disk that a map holds as they are', () => {
    const { text } = play(`dmsetup create holder --table "0 1000 linear /dev/sda 8000"
printf 'start=2048, size=2048\\n' | sfdisk -q --no-reread --no-tell-kernel /dev/sda
sleep 1; udevadm settle; ls /dev/sda*`);
    expect(text).toBe('/dev/sda\n');
  });
});

it('refuses the log of mpathpersist about commands that are sent side by side', () => {
  const { outcome } = play(`echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; udevadm settle
multipath; mpathpersist -o -G -S 12 -v3 /dev/mapper/mpatha`);
  expect(outcome).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('mpathpersist --out -v3 through several paths'),
  });
});
