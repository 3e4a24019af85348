// Suspends, queueing and what waits for them: records made by hand, with the mistakes that the invariants are for.
import { describe, expect, it } from 'vitest';

import { dispatchedInTime } from '../../packages/observe/src/invariants/dispatched-in-time.ts';
import { queueingKept } from '../../packages/observe/src/invariants/queueing-kept.ts';
import { staleWrite } from '../../packages/observe/src/invariants/stale-write.ts';
import { suspendEnds } from '../../packages/observe/src/invariants/suspend-ends.ts';
import { suspendsPaired } from '../../packages/observe/src/invariants/suspends-paired.ts';
import {
  allNamesOf,
  complete,
  destroy,
  endIo,
  inTarget,
  landed,
  map,
  namesIn,
  namesOf,
  pathEvent,
  queue,
  queueing,
  resume,
  suspend,
  swap,
  violationsIn,
} from './feed.case.ts';

const noflush = { noflush: true };
/** Far more than a worker needs. */
const SLOW = { apart: 150e6 };
const suspended = [
  suspend('begin', noflush),
  suspend('blocked', noflush),
  suspend('suspended', noflush),
];

describe('no write lands after its retry was acknowledged', () => {
  const retried = [queue(1), map(1, 'remapped'), endIo(1, 'incomplete')];

  it('finds one that an array carries out too late', () => {
    const records = [...retried, landed(1), endIo(1, 'done'), complete(1), landed(1)];
    expect(namesOf(...records)).toEqual([staleWrite.name]);
  });

  it('says nothing when both land before that, nor when the submitter was told of an error', () => {
    const both = [...retried, landed(1), landed(1), endIo(1, 'done'), complete(1)];
    expect(namesOf(...both)).toEqual([]);
    expect(namesOf(...retried, endIo(1, 'done'), complete(1, 10), landed(1))).toEqual([]);
  });
});

describe('queued I/O is sent soon after a path is there', () => {
  const waiting = [queueing(1, true, 'table'), swap(1), queue(1), inTarget('mpath_bio_queued', 1)];
  const sent = [inTarget('mpath_bio_dequeued', 1), map(1, 'remapped'), endIo(1, 'done')];

  it('finds a bio that waits on although its path is back, until something else wakes it', () => {
    const back = pathEvent('mpath_path_reinstated', 1);
    const idle = [queue(2), complete(2)];
    const records = [...waiting, back, ...idle, ...sent, complete(1)];
    expect(namesIn(SLOW, records)).toContain(dispatchedInTime.name);
    expect(namesOf(...records)).not.toContain(dispatchedInTime.name);
  });

  it('lets it wait as long as there is no path', () => {
    const gone = pathEvent('mpath_path_failed', 0);
    const records = [...waiting, gone, queue(2), complete(2), ...sent, complete(1)];
    expect(namesIn(SLOW, records)).not.toContain(dispatchedInTime.name);
  });
});

describe('a suspend ends when its I/O has come back', () => {
  const begun = [queue(1), map(1, 'submitted'), suspend('begin', noflush)];
  const blocked = suspend('blocked', noflush);

  it('finds one that is over long after that', () => {
    const records = [
      ...begun,
      blocked,
      endIo(1, 'done'),
      complete(1),
      suspend('suspended', noflush),
    ];
    expect(namesIn(SLOW, records)).toEqual([suspendEnds.name]);
    expect(namesOf(...records)).toEqual([]);
  });

  it('finds one that waits for what waits in the target, and names the bio', () => {
    const queued = inTarget('mpath_bio_queued', 1);
    const [violation] = violationsIn({}, [
      queue(1),
      queued,
      map(1, 'submitted'),
      ...begun.slice(2),
      blocked,
    ]);
    expect(violation?.invariant).toBe(suspendEnds.name);
    expect(violation?.message).toContain(
      'for bio 1 (WRITE 8+8 on 254:0), which waits in its target',
    );
  });

  it('lets it wait for a disk, and for an administrator who turned queueing on meanwhile', () => {
    expect(namesOf(...begun, blocked)).not.toContain(suspendEnds.name);
    const queued = [queue(1), inTarget('mpath_bio_queued', 1), map(1, 'submitted')];
    const records = [...queued, suspend('begin', noflush), blocked, queueing(1, true, 'asked')];
    expect(namesOf(...records)).not.toContain(suspendEnds.name);
  });
});

describe('queueing is neither lost nor gained', () => {
  const off = queueing(1, false, 'suspend');

  it('finds a resume that forgets what the table asked for', () => {
    const records = [
      queueing(1, true, 'table'),
      ...suspended.slice(0, 1),
      off,
      ...suspended.slice(1),
    ];
    expect(namesOf(...records, resume)).toEqual([queueingKept.name]);
    expect(namesOf(...records, queueing(1, true, 'resume'), resume)).toEqual([]);
  });

  it('finds queueing that nobody asked for', () => {
    const records = [queueing(1, false, 'table'), ...suspended, queueing(1, true, 'resume')];
    expect(namesOf(...records, resume)).toEqual([queueingKept.name]);
  });

  it('takes the last message for what is asked for', () => {
    const told = [queueing(1, true, 'table'), queueing(1, false, 'asked')];
    expect(namesOf(...told, ...suspended, resume)).toEqual([]);
    expect(namesOf(...told, ...suspended, queueing(1, true, 'resume'), resume)).toEqual([
      queueingKept.name,
    ]);
  });
});

describe('suspends and resumes take turns', () => {
  it('finds a resume, and a table, of a device that nobody has suspended', () => {
    expect(allNamesOf(...suspended, resume, resume)).toEqual([suspendsPaired.name]);
    expect(allNamesOf(swap(1))).toEqual([suspendsPaired.name]);
  });

  it('finds a second suspend within the first', () => {
    expect(allNamesOf(...suspended, ...suspended, resume)).toEqual([suspendsPaired.name]);
  });

  it('lets a suspend be given up, and a table be replaced within one', () => {
    const undone = [...suspended.slice(0, 2), suspend('undone', noflush)];
    expect(allNamesOf(...undone, ...suspended, swap(1), destroy(2), resume)).toEqual([]);
  });
});
