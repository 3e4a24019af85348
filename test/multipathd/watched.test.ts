// The invariants that watch multipath and its daemon hold over labs in which much goes wrong, and each finds a mistake planted for it.
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { ALL, shareOf } from '../share.ts';
import type { Mistake } from './with-mistakes.ts';
import { withMistakes } from './with-mistakes.ts';

const SEEDS = 3;
const SEEDS_WITH_A_MISTAKE = 25;

const DISKS = `#udev
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=2 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\\n user_friendly_names yes\\n find_multipaths no\\n polling_interval 1\\n max_polling_interval 1\\n path_grouping_policy multibus\\n no_path_retry 3\\n}\\n' > /etc/multipath.conf
`;
const DAEMON = `${DISKS}multipathd
sleep 3; udevadm settle; sleep 3
`;

interface Watched extends Mistake {
  readonly invariant: string;
  readonly lab: string;
}

const WATCHED: readonly Watched[] = [
  {
    invariant: "no write reaches a logical unit whose WWID is not the map's",
    lab: `${DAEMON}dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=4 oflag=direct status=none`,
    title: 'the last character of a name is lost',
    file: 'discovery/pathinfo.ts',
    replace: '.trimEnd(); if (path.wwid ===',
    by: ".trimEnd().replace(/.$/, '0'); if (path.wwid ===",
  },
  {
    invariant: 'who suspends a map resumes or removes it',
    lab: `${DISKS}multipath > /dev/null 2>&1; sleep 1
multipath -f mpatha > /dev/null 2>&1 & dd if=/dev/mapper/mpatha of=/dev/null bs=4096 count=1 iflag=direct status=none 2> /dev/null & sleep 3
dmsetup resume mpatha 2> /dev/null; wait`,
    title: 'a flush that fails leaves the map suspended',
    file: 'dm/flush-map.ts',
    replace: 'if (suspend) yield* resumeMap(session, name, { flush: false, flags });',
    by: '',
  },
  {
    invariant: 'queueing ends when it was promised',
    lab: `${DAEMON}for d in /sys/block/sd*; do echo offline > $d/device/state; done
dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 count=1 oflag=direct status=none 2> /dev/null & sleep 20
dmsetup message mpatha 0 fail_if_no_path; dmsetup message mpathb 0 fail_if_no_path; wait`,
    title: 'the retries run out and nobody is told',
    file: 'daemon/queueing.ts',
    replace: 'setQueueing(session, map.alias, false);',
    by: '',
  },
  {
    invariant: 'daemon and kernel agree about paths',
    lab: `${DAEMON}dmsetup message mpatha 0 fail_path 8:0; sleep 15`,
    title: 'the kernel is not told that a path is good again',
    file: 'daemon/fail-path.ts',
    replace: 'if (!reinstatePathMessage(daemon, map.alias, devT)) {',
    by: 'if (false) {',
  },
];

const run = withMistakes(fileURLToPath(new URL('play-lab.ts', import.meta.url)));
const firstViolation = (lab: string, seeds: number): string =>
  `firstViolation(${JSON.stringify(lab)}, ${seeds})`;

describe.each(shareOf(WATCHED, 4))('$invariant', (watched) => {
  const { invariant, lab, title } = watched;

  it('holds', { timeout: 120_000 }, async () => {
    expect(await run(firstViolation(lab, SEEDS))).toBeNull();
  });

  it(`is broken when ${title}`, { timeout: 120_000 }, async () => {
    expect(await run(firstViolation(lab, SEEDS_WITH_A_MISTAKE), watched)).toContain(invariant);
  });
});

it.runIf(ALL)(
  'the daemon and the kernel may disagree about a path while the map is suspended, but not afterwards',
  async () => {
    const lab = `${DAEMON}echo offline > /sys/block/sda/device/state; sleep 5; dmsetup suspend mpatha
echo running > /sys/block/sda/device/state; sleep 15; dmsetup resume mpatha; sleep 15`;
    expect(await run(firstViolation(lab, SEEDS))).toBeNull();
    const once: Mistake = {
      title: 'the kernel is told only once that a path is good again',
      file: 'daemon/judge-path.ts',
      replace: "if (path.dmState !== 'active' && !holdBack)",
      by: 'if (false)',
    };
    expect(await run(firstViolation(lab, SEEDS), once)).toContain('daemon and kernel agree');
  },
  120_000,
);

it('a daemon that is killed while it counts down has promised nothing to the next one', async () => {
  const lab = `${DAEMON}for d in /sys/block/sd*; do echo offline > $d/device/state; done; sleep 2
kill -9 $(cat /run/multipathd.pid); sleep 30; multipathd; sleep 20`;
  expect(await run(firstViolation(lab, SEEDS))).toBeNull();
}, 120_000);

it('a map that is suspended when its retries run out is not told, but one that was resumed before is', async () => {
  const lost = `${DAEMON}for d in /sys/block/sd*; do echo offline > $d/device/state; done; sleep 2`;
  const toTheEnd = `${lost}
dmsetup suspend --noflush mpatha; sleep 20; dmsetup resume mpatha; sleep 20`;
  expect(await run(firstViolation(toTheEnd, SEEDS))).toBeNull();
  const before = `${lost}
dmsetup suspend --noflush mpatha; sleep 1; dmsetup resume mpatha; sleep 20`;
  const mistake = WATCHED.find(({ file }) => file === 'daemon/queueing.ts');
  expect(await run(firstViolation(before, SEEDS), mistake)).toContain('queueing ends');
}, 120_000);
