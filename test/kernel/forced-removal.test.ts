// `dmsetup remove --force` while I/O waits: on Linux, two recordings of one lab differ in whether the reader closes the map in time.
import { random } from '@dmsim/sim';
import { expect, it } from 'vitest';

import { playLab } from './lab-runner.ts';

const lab = (mode: string, before: string): string => `
modprobe scsi_debug dev_size_mb=8 delay=0
dmsetup create m --table "0 16384 multipath 3 queue_if_no_path queue_mode ${mode} 0 1 1 round-robin 0 1 1 8:0 1"
dmsetup message m 0 fail_path 8:0
${before}
( dd if=/dev/mapper/m of=/dev/null bs=4k count=1 iflag=direct status=none 2>/dev/null; echo "reader $?" ) & sleep 0.7
dmsetup remove -f m 2>/dev/null; echo "removed $?"; wait; dmsetup ls
`;

const SEEDS = Array.from({ length: 24 }, (_, i) => i + 1);

/** Maps for which both ends were recorded. */
it.each([
  ['request-based map that is suspended', 'rq', 'dmsetup suspend m'],
  ['bio-based map that is live', 'bio', ''],
])('a %s is removed by force, or found busy', (_, mode, before) => {
  const results = new Set<string>();
  for (const seed of SEEDS) {
    const { text, violations } = playLab(lab(mode, before), { seed, chooser: random(seed) });
    expect(violations).toEqual([]);
    results.add(text.split('\n').toSorted().join(';'));
  }
  expect([...results].toSorted()).toEqual([
    ';No devices found;reader 1;removed 0',
    ';m\t(254:0);reader 1;removed 1',
  ]);
});

const OVER_DELAY = `
modprobe brd rd_nr=1 rd_size=8192
dmsetup create slow --table "0 2048 delay /dev/ram0 0 3000"
dmsetup create m --table "0 2048 linear /dev/mapper/slow 0"
( dd if=/dev/mapper/m of=/dev/null bs=4k count=1 iflag=direct status=none 2>/dev/null; echo "reader $?" ) & sleep 0.7
dmsetup remove -f m 2>/dev/null; echo "removed $?"; wait
`;

it('a map over a delay is removed by force, or found busy: four recordings differ', () => {
  const results = new Set<string>();
  for (const seed of SEEDS) {
    const { text, violations } = playLab(OVER_DELAY, { seed, chooser: random(seed) });
    expect(violations).toEqual([]);
    results.add(text.split('\n').toSorted().join(';'));
  }
  expect([...results].toSorted()).toEqual([';reader 0;removed 0', ';reader 0;removed 1']);
});
