// Invariants that are checked when a run is over: someone tampers with the machine in the middle of a schedule, and the invariant reports it.
import { closeDevice } from '@dmsim/block';
import { devSuspend } from '@dmsim/dm';
import type { MappedDevice } from '@dmsim/dm';
import type { Schedule, World } from '@dmsim/kit';
import { runSchedule } from '@dmsim/kit';
import type { Multipath } from '@dmsim/multipath';
import { after, seconds, sleepFor, spawn } from '@dmsim/sim';
import { expect, it } from 'vitest';

import { leftSuspended } from '../../packages/observe/src/invariants/left-suspended.ts';
import { openCounts } from '../../packages/observe/src/invariants/open-counts.ts';
import { statusAgrees } from '../../packages/observe/src/invariants/status-agrees.ts';

const SCHEDULE: Schedule = {
  stacked: false,
  table: {
    type: 'multipath',
    mode: 'bio',
    queueIfNoPath: true,
    selector: 'service-time',
    groups: [[0, 1], [2]],
  },
  commands: [
    { kind: 'write', sector: 0, nrSectors: 8 },
    { kind: 'path-message', word: 'fail_path', path: 1 },
    { kind: 'sleep', ms: 20 },
  ],
};

/** The invariants that break when `tamper` is done to the map, 10 ms after the start. */
function brokenBy(tamper: (md: MappedDevice, world: World) => void): string[] {
  const { violations } = runSchedule(SCHEDULE, {
    onStart: (world) => {
      const { sim, dm } = world.machine;
      after(sim, 10e6, 'tampering', () =>
        tamper([...dm.devices.values()][0] as MappedDevice, world),
      );
    },
  });
  return [...new Set(violations.map(({ invariant }) => invariant))];
}

function multipathOf({ map }: MappedDevice): Multipath {
  if (map === null) return expect.fail('the map has no table');
  return map.targets[0]?.state as Multipath;
}

const pathsOf = (md: MappedDevice) =>
  multipathOf(md).priorityGroups.flatMap(({ pgpaths }) => pgpaths);

it('says nothing when nothing is wrong', () => {
  expect(brokenBy(() => undefined)).toEqual([]);
});

it.each([
  ['a path that failed counts as active', 0, { active: false }],
  ['a failure was counted twice', 1, { failCount: 2 }],
])('finds a status line that is wrong: %s', (_what, nth, wrong) => {
  expect(brokenBy((md) => Object.assign(pathsOf(md)[nth] ?? {}, wrong))).toEqual([
    statusAgrees.name,
  ]);
});

it('finds paths that are not counted, and I/O that a selector has not counted off', () => {
  expect(brokenBy((md) => multipathOf(md).nrValidPaths--)).toEqual([statusAgrees.name]);
  expect(
    brokenBy((md) => {
      const [path] = pathsOf(md);
      path?.pg.selector.startIo?.(path.pg.selectorState, path, 4096);
    }),
  ).toEqual([statusAgrees.name]);
});

it('finds a disk that is closed once too often, and a use that is counted twice', () => {
  expect(brokenBy((_md, { disks }) => disks[0] && closeDevice(disks[0], 'device-mapper'))).toEqual([
    openCounts.name,
  ]);
  expect(brokenBy((md, { disks }) => disks[0] && md.tableDevices.set(disks[0], 2))).toEqual([
    openCounts.name,
  ]);
});

it('finds a device that is left suspended', () => {
  const suspendLate = (_md: MappedDevice, { machine: { sim, dm } }: World): void => {
    spawn(sim, 'forgetful', function* suspend() {
      yield* sleepFor(seconds(60));
      yield* devSuspend(dm, { name: 'mp' }, { noflush: true, lockFs: true });
      return 0;
    });
  };
  expect(brokenBy(suspendLate)).toEqual([leftSuspended.name]);
});
