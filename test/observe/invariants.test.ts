import { BLK_STS } from '@dmsim/block';
import { describe, expect, it } from 'vitest';

import { completesOnce } from '../../packages/observe/src/invariants/completes-once.ts';
import { destroyedTable } from '../../packages/observe/src/invariants/destroyed-table.ts';
import { noPathLoss } from '../../packages/observe/src/invariants/no-path-loss.ts';
import { onePlace } from '../../packages/observe/src/invariants/one-place.ts';
import { orderOfRelease } from '../../packages/observe/src/invariants/order-of-release.ts';
import { pathUsed } from '../../packages/observe/src/invariants/path-used.ts';
import { quietWhileSuspended } from '../../packages/observe/src/invariants/quiet-while-suspended.ts';
import { readBack } from '../../packages/observe/src/invariants/read-back.ts';
import {
  complete,
  data,
  destroy,
  DEV,
  endIo,
  inTarget,
  map,
  move,
  namesIn,
  namesOf,
  pathEvent,
  queue,
  queueing,
  resume,
  suspend,
  swap,
  violationsOf,
} from './feed.case.ts';

const noflush = { noflush: true };
const flush = { noflush: false };
const { IOERR, MEDIUM, DM_REQUEUE } = BLK_STS;

describe('a bio completes once', () => {
  it('says nothing of a bio that does', () => {
    const records = [queue(1), map(1, 'remapped'), endIo(1, 'done'), complete(1)];
    expect(violationsOf(...records)).toEqual([]);
  });

  it('names the bio that completes a second time, and when', () => {
    expect(violationsOf(queue(1), complete(1), complete(1))).toMatchObject([
      {
        invariant: completesOnce.name,
        message: 'bio 1 (WRITE 8+8 on 254:0) completes at 0.000002 s though it is not under way',
        bioId: 1,
        dev: DEV,
      },
    ]);
  });

  it('finds one that is left when nothing is due any more, and says where it is', () => {
    const [violation] = violationsOf(queue(1), map(1, 'remapped'));
    expect(violation?.message).toContain('is below 254:0');
  });

  it('lets one wait for the resume of its device', () => {
    const suspended = [suspend('begin', flush), suspend('suspended', flush)];
    expect(namesOf(...suspended, queue(1), move('dm_defer', 1))).toEqual([]);
  });

  it('never lets the submitter see that dm wanted the bio back', () => {
    expect(namesOf(queue(1), complete(1, DM_REQUEUE))).toContain(completesOnce.name);
  });
});

describe('a bio is in one place', () => {
  it('finds one on two queues', () => {
    const records = [queue(1), move('dm_defer', 1), move('dm_pushback', 1)];
    expect(namesOf(...records)).toContain(onePlace.name);
  });

  it('finds one that is deferred while the target has it', () => {
    const [violation] = violationsOf(queue(1), map(1, 'remapped'), move('dm_defer', 1));
    expect(violation?.message).toContain('is deferred while the target has it');
  });

  it('finds one that completes while it is queued', () => {
    const records = [queue(1), inTarget('mpath_bio_queued', 1), map(1, 'submitted'), complete(1)];
    expect(namesOf(...records)).toContain(onePlace.name);
  });

  it('finds one that leaves a queue on which it is not', () => {
    expect(namesOf(queue(1), move('dm_undefer', 1), complete(1))).toEqual([onePlace.name]);
  });

  it('finds one that is mapped after it has completed', () => {
    expect(namesOf(queue(1), complete(1), map(1, 'remapped'))).toContain(onePlace.name);
  });

  it('takes a target that ends a bio before its map returns', () => {
    expect(namesOf(queue(1), endIo(1, 'done'), map(1, 'submitted'), complete(1))).toEqual([]);
  });
});

describe('suspended devices and destroyed tables', () => {
  it('finds what is mapped while the device is suspended', () => {
    const records = [suspend('suspended', flush), queue(1), map(1, 'remapped'), endIo(1, 'done')];
    expect(namesOf(...records, complete(1))).toEqual([quietWhileSuspended.name]);
  });

  it('finds what is in flight when the device counts as suspended', () => {
    const records = [queue(1), map(1, 'remapped'), suspend('suspended', flush)];
    expect(namesOf(...records, endIo(1, 'done'), complete(1))).toEqual([quietWhileSuspended.name]);
  });

  it('finds what is in flight in a table that is destroyed', () => {
    const records = [swap(1), queue(1), map(1, 'remapped'), swap(2), destroy(1)];
    expect(namesOf(...records, endIo(1, 'done'), complete(1))).toEqual([destroyedTable.name]);
  });

  it('finds what a destroyed table maps', () => {
    const records = [swap(1), destroy(1), queue(1), map(1, 'kill'), complete(1)];
    expect(namesOf(...records)).toEqual([destroyedTable.name]);
  });
});

describe('the order of release', () => {
  const both = [queue(1), queue(2), move('dm_pushback', 1), move('dm_defer', 2), resume];

  it('finds deferred I/O that goes before what was pushed back', () => {
    const records = [...both, move('dm_undefer', 2), move('dm_undefer', 1)];
    expect(namesOf(...records, complete(1), complete(2))).toEqual([orderOfRelease.name]);
  });

  it('says nothing when what was pushed back goes first', () => {
    const records = [...both, move('dm_undefer', 1), move('dm_undefer', 2)];
    expect(namesOf(...records, complete(1), complete(2))).toEqual([]);
  });

  const given = [
    suspend('begin', noflush),
    suspend('blocked', noflush),
    queue(1),
    queue(2),
    move('dm_pushback', 1),
    move('dm_pushback', 2),
    suspend('suspended', noflush),
    resume,
  ];
  const first = [move('dm_undefer', 1), move('dm_undefer', 2), complete(1), complete(2)];
  const last = [move('dm_undefer', 2), move('dm_undefer', 1), complete(1), complete(2)];

  it('wants each at the head that was given back, as Linux has it: the last one leaves first', () => {
    expect(namesOf(...given, ...last)).toEqual([]);
    expect(namesOf(...given, ...first)).toEqual([orderOfRelease.name]);
  });

  it('wants them in order with a queue of their own', () => {
    expect(namesIn({ requeue: 'pushback' }, [...given, ...first])).toEqual([]);
    expect(namesIn({ requeue: 'pushback' }, [...given, ...last])).toEqual([orderOfRelease.name]);
  });
});

describe('queued I/O uses a path that is there', () => {
  const queued = [
    queueing(1, true, 'table'),
    swap(1),
    queue(1),
    inTarget('mpath_bio_queued', 1),
    map(1, 'submitted'),
  ];
  it('finds a bio that still waits though a path is back', () => {
    expect(namesOf(...queued, pathEvent('mpath_path_reinstated', 1))).toContain(pathUsed.name);
  });

  it('lets it wait while there is no path', () => {
    expect(namesOf(...queued, pathEvent('mpath_path_failed', 0))).toEqual([]);
  });

  it('does not count the paths of a table that was swapped out', () => {
    const swapped = [queueing(2, true, 'table'), swap(2), pathEvent('mpath_path_failed', 0, 2)];
    const next = [queue(1), inTarget('mpath_bio_queued', 1), map(1, 'submitted')];
    const back = (table: number) => pathEvent('mpath_path_reinstated', 1, table);
    expect(namesOf(...swapped, ...next, back(1))).toEqual([]);
    expect(namesOf(...swapped, ...next, back(2))).toContain(pathUsed.name);
  });
});

describe('no path loss is seen while I/O is queued', () => {
  const map1 = [queueing(1, true, 'table'), swap(1)];
  const taken = queueing(1, false, 'suspend');
  const failed = [queue(1), complete(1, IOERR)];

  it('finds an error while queueing is on', () => {
    expect(namesOf(...map1, ...failed)).toEqual([noPathLoss.name]);
  });

  it('finds one in a noflush suspend, and one after the resume', () => {
    const suspended = [suspend('begin', noflush), taken, suspend('suspended', noflush)];
    const during = [...map1, queue(1), ...suspended, complete(1, IOERR)];
    expect(namesOf(...during)).toEqual([noPathLoss.name]);
    const restored = [queueing(1, true, 'resume'), resume];
    expect(namesOf(...map1, ...suspended, ...restored, ...failed)).toEqual([noPathLoss.name]);
  });

  it.each([
    ['the error is one of the medium', [...map1, queue(1), complete(1, MEDIUM)]],
    ['the table has no queue_if_no_path', [queueing(1, false, 'table'), swap(1), ...failed]],
    [
      'a message turned it off',
      [...map1, queue(1), queueing(1, false, 'asked'), complete(1, IOERR)],
    ],
    ['a suspend flushes', [...map1, queue(1), suspend('begin', flush), taken, complete(1, IOERR)]],
    [
      'a suspend was given up',
      [
        ...map1,
        queue(1),
        suspend('begin', noflush),
        taken,
        suspend('undone', noflush),
        complete(1, IOERR),
      ],
    ],
    [
      'a table without it took over',
      [
        ...map1,
        queue(1),
        suspend('begin', noflush),
        taken,
        suspend('suspended', noflush),
        swap(2),
        resume,
        complete(1, IOERR),
      ],
    ],
    [
      'the device has shrunk',
      [
        ...map1,
        queueing(2, true, 'table'),
        queue(1),
        suspend('begin', noflush),
        suspend('suspended', noflush),
        swap(2, 8, 1),
        resume,
        complete(1, IOERR),
      ],
    ],
    ['the device is being removed', [...map1, queue(1), taken, complete(1, IOERR)]],
  ])('says nothing when %s', (_why, records) => {
    expect(namesOf(...records)).not.toContain(noPathLoss.name);
  });
});

describe('what was acknowledged is what is read', () => {
  const write = (id: number, hash: number) => [queue(id), data(id, 'WRITE', hash)];
  const read = (id: number, hash: number) => [queue(id), data(id, 'READ', hash), complete(id)];

  it('finds a read that does not see the last write', () => {
    const records = [...write(1, 5), complete(1), ...write(2, 6), complete(2), ...read(3, 5)];
    expect(namesOf(...records)).toEqual([readBack.name]);
  });

  it('lets a read see either while the write is under way, and after it failed', () => {
    const before = [...write(1, 5), complete(1), ...write(2, 6)];
    const meanwhile = [...before, ...read(3, 5), ...read(4, 6)];
    expect(namesOf(...meanwhile, complete(2, MEDIUM), ...read(5, 5), ...read(6, 6))).toEqual([]);
  });

  it('does not know what was there before the first write', () => {
    expect(namesOf(...read(1, 4), ...write(2, 5), ...read(3, 4), complete(2))).toEqual([]);
  });

  describe('when the sectors of a write differ', () => {
    // Sectors 8 to 13 hold 5 6 7 7 5 5.
    const several = (id: number, op: 'READ' | 'WRITE') => [
      queue(id),
      data(id, op, 5, { sector: 8 }),
      data(id, op, 6, { sector: 9 }),
      data(id, op, 7, { sector: 10, count: 2 }),
      data(id, op, 5, { sector: 12 }),
      data(id, op, 5, { sector: 13 }),
      complete(id),
    ];
    const readOne = (hash: number, place: { sector: number; count?: number }) => [
      queue(9),
      data(9, 'READ', hash, place),
      complete(9),
    ];

    it('lets each be read as it was written, also in other runs', () => {
      const reads = [...several(2, 'READ'), ...readOne(5, { sector: 12, count: 2 })];
      expect(namesOf(...several(1, 'WRITE'), ...reads)).toEqual([]);
    });

    it.each([
      [8, 6, 1],
      [9, 5, 1],
      [10, 6, 2],
      [12, 7, 1],
      [13, 6, 1],
    ])('finds what sector %i does not hold', (sector, hash, count) => {
      const [found] = violationsOf(...several(1, 'WRITE'), ...readOne(hash, { sector, count }));
      expect(found?.message).toContain(`reads from sector ${sector} `);
    });

    it('finds the one that a run of equal sectors takes along', () => {
      const [found] = violationsOf(...several(1, 'WRITE'), ...readOne(5, { sector: 8, count: 2 }));
      expect(found?.message).toContain('reads from sector 9 ');
    });

    it('lets either be read while a second such write is under way', () => {
      const second = [
        queue(2),
        data(2, 'WRITE', 6, { sector: 8 }),
        data(2, 'WRITE', 5, { sector: 9 }),
      ];
      const reads = [8, 9].flatMap((sector) => [5, 6].flatMap((hash) => readOne(hash, { sector })));
      expect(namesOf(...several(1, 'WRITE'), ...second, ...reads, complete(2))).toEqual([]);
      const late = readOne(5, { sector: 8 });
      expect(namesOf(...several(1, 'WRITE'), ...second, complete(2), ...late)).toEqual([
        readBack.name,
      ]);
    });
  });
});
