// An outcome that a watchdog ended, in another order than the usual one, is made small like all others.
import type { DmPath, PathSelectorType, Setup } from '@dmsim/kit';
import { explore, runFifo } from '@dmsim/kit';
import { expect, it } from 'vitest';

import { choiceLines, findingsOf } from '../../packages/cli/src/explore/findings.ts';
import { driveWatched } from '../../packages/cli/src/run/drive-watched.ts';
import { ALL } from '../share.ts';

interface Paths {
  readonly all: DmPath[];
  readonly valid: DmPath[];
  odd: boolean;
}

/** Chooses for ever when the second path has failed before the first. */
const sometimes: PathSelectorType<Paths> = {
  name: 'sometimes',
  tableArgs: 0,
  infoArgs: 0,
  create: () => ({ state: { all: [], valid: [], odd: false } }),
  addPath({ all, valid }, path) {
    all.push(path);
    valid.push(path);
    return undefined;
  },
  failPath(state, path) {
    state.valid.splice(state.valid.indexOf(path), 1);
    if (path === state.all[1] && state.valid.length === 1) state.odd = true;
  },
  reinstatePath: ({ valid }, path) => void valid.push(path),
  selectPath(state) {
    while (state.odd);
    return state.valid[0] ?? null;
  },
  status: (_state, path) => (path === null ? '0 ' : ''),
};

const LAB = `modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
dmsetup create mp --table "0 16384 multipath 1 queue_if_no_path 0 1 1 sometimes 0 2 0 8:0 8:16"
echo nothing
dmsetup message mp 0 "fail_path 8:0" & dmsetup message mp 0 "fail_path 8:16" &
wait
dmsetup message mp 0 "reinstate_path 8:0"
dd if=/dev/mapper/mp of=/dev/null bs=4096 count=1 iflag=direct status=none
`;

// The watchdog measures real time: on a busy machine it may bite before a run has come to its endless step.
const BUSY = { retry: 2, timeout: 120_000 };

it.runIf(ALL)(
  'makes small a run whose step never ends, in an order that is not the usual one',
  BUSY,
  () => {
    const setup: Setup = {
      lab: { name: 'lab.sh', text: LAB, args: [] },
      slack: 1e6,
      variesCosts: true,
      requeue: 'deferred-head',
      selectors: [{ type: sometimes, file: 'sometimes.mjs' }],
      drive: driveWatched(400),
    };
    const plan = { strategy: 'random', seed: 1, runs: 4, maxDeviations: 2 } as const;
    const findings = findingsOf(explore(plan, setup), {
      setup,
      fifo: runFifo(setup, plan),
      isOver: () => false,
    });
    const [smallest] = findings.flatMap(({ outcome: { ending }, smallest }) =>
      ending.kind === 'limit' && ending.limit === 'cpuTime' ? [smallest] : [],
    );
    expect(smallest?.run.outcome.details[0]).toContain('selectPath does not end');
    expect(smallest?.setup.lab.text).not.toContain('nothing');
    expect(smallest && choiceLines(smallest)).toHaveLength(1);
    expect(smallest?.causes).not.toBeNull();
  },
);
