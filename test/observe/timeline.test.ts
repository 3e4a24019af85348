import { expect, it } from 'vitest';

import { createMachine } from '../../packages/host/src/create-machine.ts';
import { runLab } from '../../packages/host/src/run-lab.ts';
import type { ChromeEvent } from '../../packages/observe/src/timeline/json-writer.ts';
import { writeTimeline } from '../../packages/observe/src/timeline/write-timeline.ts';

const LAB = `modprobe scsi_debug add_host=2
dmsetup create mp --table "0 1024 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
dd if=/dev/zero of=/dev/mapper/mp bs=4096 count=1 oflag=direct status=none
dmsetup message mp 0 "fail_path 8:0"; dmsetup message mp 0 "fail_path 8:16"
dd if=/dev/zero of=/dev/mapper/mp bs=4096 count=1 oflag=direct status=none &
dmsetup suspend --noflush mp
dmsetup load mp --table "0 1024 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 1 1 8:0 1"
dmsetup resume mp
wait
`;

function timelineOf(lab: string, { cutOff = false } = {}): string {
  const machine = createMachine();
  let text = '';
  const timeline = writeTimeline(machine, (piece) => (text += piece), { chunk: 100 });
  const limits = cutOff ? { maxEvents: 150 } : {};
  runLab(machine, { name: 'lab.sh', text: lab, onOutput: () => undefined, limits });
  timeline.finish();
  return text;
}

const parse = (text: string): ChromeEvent[] => JSON.parse(text) as ChromeEvent[];

it('shows bios, suspends, tables, paths and processes, each on a track with a name', () => {
  const all = parse(timelineOf(LAB));
  const tracks = all.filter(({ ph }) => ph === 'M').map(({ args }) => args?.['name']);
  expect(tracks).toEqual(
    expect.arrayContaining([
      'processes',
      'dm-0 (254:0)',
      'sda (8:0)',
      'bio 1',
      'request 1',
      'suspend',
    ]),
  );
  const names = new Set(all.map(({ name }) => name));
  for (const name of [
    'WRITE 0+8',
    'pushed back',
    'leaves deferred',
    'suspending (noflush)',
    'suspended',
    'table 2',
    'path sda (8:0) failed, 1 left',
    'dmsetup',
    'bios in flight',
    'pushback',
    'dd: exit 0',
  ]) {
    expect(names).toContain(name);
  }
});

/** The checker reads itself, under the lock, and a read hangs: commands wait. */
const DAEMON_LAB = `#udev
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle; busybox mount -t debugfs debugfs /sys/kernel/debug
printf 'defaults {\\n user_friendly_names yes\\n find_multipaths no\\n detect_checker no\\n path_checker readsector0\\n polling_interval 1\\n}\\n' > /etc/multipath.conf
multipathd; sleep 5
echo "0 -1 28" > /sys/kernel/debug/scsi_debug/0:0:0:0/error; sleep 3
multipathd show maps; echo offline > /sys/block/sda/device/state; sleep 40; multipathd show maps
`;

it('shows the threads of multipathd, what they do under the lock, and that they wait for it', () => {
  const all = parse(timelineOf(DAEMON_LAB));
  const group = all.find(
    ({ name, args }) => name === 'process_name' && args?.['name'] === 'multipathd',
  );
  const own = all.filter(({ pid }) => pid === group?.pid);
  const tracks = own.filter(({ name }) => name === 'thread_name').map(({ args }) => args?.['name']);
  expect(tracks).toEqual(
    expect.arrayContaining([
      'multipathd',
      'checker',
      'uevents',
      'uxlsnr',
      'dmevents',
      'the lock is held by',
    ]),
  );
  const names = new Set(own.map(({ name }) => name));
  for (const name of [
    'applies the configuration',
    'checks paths',
    'checker: checks paths',
    'command: show maps',
    'waits for the lock (command: show maps)',
  ]) {
    expect(names).toContain(name);
  }
});

it('draws an arrow from the bio to the request on its path', () => {
  const all = parse(timelineOf(LAB));
  const from = all.filter(({ ph }) => ph === 's');
  const to = all.filter(({ ph }) => ph === 'f');
  expect(from.length).toBeGreaterThan(0);
  expect(to.map(({ id }) => id)).toEqual(from.map(({ id }) => id));
  expect(to[0]?.pid).not.toBe(from[0]?.pid);
});

it.each([false, true])('closes every slice in order, a run that is cut off: %s', (cutOff) => {
  const depth = new Map<string, number>();
  let last = 0;
  for (const { ph, pid, tid, ts = last } of parse(timelineOf(LAB, { cutOff }))) {
    const track = `${pid} ${tid}`;
    if (ph === 'B') depth.set(track, (depth.get(track) ?? 0) + 1);
    if (ph === 'E') depth.set(track, (depth.get(track) ?? 0) - 1);
    expect(depth.get(track) ?? 0).toBeGreaterThanOrEqual(0);
    // A process is written when it ends, as then it has its name.
    if (ph !== 'X') expect(ts).toBeGreaterThanOrEqual(last);
    if (ph !== 'X') last = ts;
  }
  expect(new Set(depth.values())).toEqual(new Set([0]));
});

it('is an empty list for a run in which nothing was traced', () => {
  const machine = createMachine();
  let text = '';
  writeTimeline(machine, (piece) => (text += piece)).finish();
  expect(parse(text)).toEqual([]);
});
