import { createMachine, runLab } from '@dmsim/host';
import type { PathSelectorType } from '@dmsim/kit';
import { runOnce } from '@dmsim/study';
import { expect, it } from 'vitest';

import { driveWatched } from './drive-watched.ts';

const LAB = `modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
dmsetup create mp --table "0 16384 multipath 0 0 1 1 loops 0 1 0 8:0"
dd if=/dev/mapper/mp of=/dev/null bs=4096 count=1 iflag=direct status=none`;

const loops: PathSelectorType<null> = {
  name: 'loops',
  tableArgs: 0,
  infoArgs: 0,
  create: () => ({ state: null }),
  addPath: () => undefined,
  failPath: () => undefined,
  reinstatePath: () => undefined,
  status: (_state, path) => (path === null ? '0 ' : ''),
  selectPath() {
    for (;;);
  },
};

const selectors = [{ type: loops, file: 'loops.mjs' }];
/** In ms: long enough for a busy machine to reach the hook. */
const drive = driveWatched(1500);

it('breaks off a hook that never returns, names it, and believes no invariant after that', () => {
  const machine = createMachine({ seed: 1, selectors });
  const lab = { name: 'lab.sh', text: LAB, onOutput: () => undefined };
  const { outcome, violations } = runLab(machine, lab, drive);
  expect(outcome).toMatchObject({
    kind: 'limit',
    limit: 'cpuTime',
    message: 'loops.mjs: path selector loops: selectPath does not end',
  });
  expect(violations).toEqual([]);
});

it('makes of it a run of a study that cannot be counted', () => {
  const study = {
    lab: { name: 'lab.sh', text: LAB },
    workload: null,
    fault: null,
    files: [],
    checkInvariants: true,
  };
  expect(runOnce(study, { variables: {}, seed: 1 }, { selectors, drive })).toEqual({
    kind: 'failed',
    message:
      'stopped by the limit cpuTime: loops.mjs: path selector loops: selectPath does not end',
  });
});
