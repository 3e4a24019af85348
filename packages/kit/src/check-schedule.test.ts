// Schedules that are written by hand: what is wrong in one is named, and nothing runs.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Schedule } from './index.ts';
import { BadSchedule, check, search } from './index.ts';

const base = { stacked: false, table: { type: 'linear', parts: [0] }, commands: [] };
const run = (wrong: object): void =>
  check(fc.constant({ ...base, ...wrong } as unknown as Schedule), { runs: 1 });
const command = (...commands: readonly object[]): object => ({ commands });

describe('a schedule that is written wrongly is refused by name:', () => {
  it.each<[what: string, wrong: object, says: string]>([
    [
      'a command that there is not',
      command({ kind: 'clear' }, { kind: 'wriet', sector: 0, nrSectors: 8 }),
      'command 2 has the kind "wriet"; there are write, read, ',
    ],
    [
      'a path that there is not',
      command({ kind: 'path-state', path: 4, state: 'offline' }),
      'command 1 (path-state): path is to be a whole number from 0 to 3, not 4',
    ],
    [
      'a state that there is not',
      command({ kind: 'path-state', path: 0, state: 'gone' }),
      "state is to be offline or running, not 'gone'",
    ],
    [
      'I/O at half a unit',
      command({ kind: 'write', sector: 4, nrSectors: 8 }),
      'command 1 (write): sector is to be a multiple of 8 from 0 to 1016, not 4',
    ],
    [
      'I/O beyond the end',
      command({ kind: 'read', sector: 1016, nrSectors: 16 }),
      'command 1 (read) goes beyond the end of the map, which has 1024 sectors',
    ],
    ['a pause of no length', command({ kind: 'sleep' }), 'command 1 (sleep) has no ms'],
    [
      'a misspelt flag',
      command({ kind: 'resume', flags: { noflush: true, lockfs: true } }),
      'command 1 (resume): flags has no option lockfs: it has noflush, lockFs',
    ],
    [
      'a selector that there is not, in a table that comes later',
      command({
        kind: 'load',
        table: {
          type: 'multipath',
          mode: 'bio',
          queueIfNoPath: true,
          selector: 'rr',
          groups: [[0]],
        },
      }),
      'command 1 (load): table (multipath): selector is to be round-robin or ',
    ],
    [
      'three parts',
      { table: { type: 'linear', parts: [0, 1, 2] } },
      'parts is to be a list of 1, 2, 4',
    ],
    [
      'latencies of two paths',
      { latencies: [1, 2] },
      'latencies is to be a list of 4 numbers, one for each path, not [1, 2]',
    ],
    [
      'a disk that no guest has',
      { guest: { disk: 'virtio' } },
      "guest: disk is to be virtio-blk or scsi, not 'virtio'",
    ],
    ['a guest without policies', { guest: { disk: 'scsi' } }, 'guest has no iothread'],
    ['no commands', { commands: undefined }, 'the schedule has no commands'],
    [
      'a first table that the kernel refuses',
      { table: { type: 'target', target: 'nosuch', params: '' } },
      "the map can't be created: its table is refused with EINVAL",
    ],
  ])('%s', (_, wrong, says) => {
    expect(() => run(wrong)).toThrow(BadSchedule);
    expect(() => run(wrong)).toThrow(says);
  });

  it('and one that is right runs', () => {
    const schedule = { ...base, commands: [{ kind: 'write', sector: 8, nrSectors: 8 }] };
    expect(search(fc.constant(schedule as Schedule), { runs: 1 }).failure).toBeNull();
  });
});
