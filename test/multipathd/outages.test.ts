// Whatever paths do, the daemon brings the map back: nothing that was written is lost while it queues, and every path that is there is in use in the end.
import { createMachine, runLab } from '@dmsim/host';
import { createPrng, JITTER, random, streamSeed, uniformInteger } from '@dmsim/sim';
import { expect, it } from 'vitest';

const SETUP = `#udev
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
for i in 1 2; do echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle; done
printf 'defaults {\\n user_friendly_names yes\\n find_multipaths no\\n polling_interval 1\\n no_path_retry queue\\n}\\n' > /etc/multipath.conf
multipathd
sleep 3; udevadm settle; sleep 3
offline() { [ -e /sys/block/$1 ] && echo offline > /sys/block/$1/device/state; }
running() { [ -e /sys/block/$1 ] && echo running > /sys/block/$1/device/state; }
unplug() { [ -e /sys/block/$1 ] && echo 1 > /sys/block/$1/device/delete; }
plug() { for h in /sys/class/scsi_host/host*; do echo "- - -" > $h/scan; done; }
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 seek=$1 count=1 oflag=direct status=none || echo "write $1 FAILED"; }
`;

const REPAIR = `
plug; sleep 2
for d in /sys/block/sd*; do echo running > $d/device/state; done
sleep 25; udevadm settle
wait
multipathd show paths format "%t %T %o %m"
dmsetup table mpatha | tr -cd '\\n' | wc -l
dmsetup table mpatha | grep -o ' 8:[0-9]*' | wc -l
`;

/** Anything that can happen to three paths, and writes meanwhile. One of them stays, so that the map does. */
function outage(seed: number): string {
  const prng = createPrng(streamSeed(seed, 'outages'));
  const lines: string[] = [];
  for (let step = 0; step < 12; step++) {
    const disk = `sd${'abc'[uniformInteger(prng, 0, 2)]}`;
    const verb = ['offline', 'running', 'unplug', 'plug'][uniformInteger(prng, 0, 3)];
    lines.push(verb === 'unplug' && disk === 'sda' ? 'offline sda' : `${verb} ${disk}`);
    lines.push(`write ${step} &`, `sleep ${uniformInteger(prng, 0, 40) / 10}`);
  }
  return lines.join('\n');
}

const SEEDS = Number(process.env['DMSIM_SEEDS'] ?? 4);

it.each(Array.from({ length: SEEDS }, (_, i) => i + 1))('outages of seed %d', (seed) => {
  let text = '';
  const { outcome, violations } = runLab(createMachine({ chooser: random(seed), ...JITTER }), {
    name: 'outages.sh',
    text: SETUP + outage(seed) + REPAIR,
    onOutput: (_fd, bytes) => {
      text += new TextDecoder().decode(bytes);
    },
  });
  expect([outcome, violations]).toEqual([{ kind: 'exited', status: 0 }, []]);
  expect(text.split('\n').map((line) => line.trim())).toEqual([
    'dm_st  chk_st dev_st  multipath',
    'active ready  running mpatha',
    'active ready  running mpatha',
    'active ready  running mpatha',
    '1',
    '3',
    '',
  ]);
});
