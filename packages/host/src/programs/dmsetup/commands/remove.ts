// remove.ts — `dmsetup remove`, `remove_all`, `wipe_table`: removes devices, by force after an error table.
import {
  allCells,
  devRemove,
  removeAll as removeAllDevices,
  tableClear,
  tableLoad,
  tableStatus,
} from '@dmsim/dm';
import type { Errno, Task } from '@dmsim/sim';
import { millis, userWait } from '@dmsim/sim';

import type { DeviceRef } from '../device-ref.ts';
import { deviceRef, ioctlFailed, keyOf } from '../device-ref.ts';
import { deviceName } from '../names.ts';
import { makeAllNodes, removeNode, udevCookie } from '../nodes.ts';
import type { Call, Run } from '../run.ts';
import { ioctl, logError } from '../run.ts';
import { forEachDevice } from './info.ts';
import { resumeDevice } from './simple.ts';

export function* remove(run: Run, call: Call): Task<boolean> {
  const [name] = call.args;
  if (run.switches.has('f') && name !== undefined) {
    yield* wipeTable(run, call);
    yield* letOthersRun(run);
  }
  const ref = yield* deviceRef(run, name);
  if (ref === null) return false;
  const error = yield* removeDevice(run, ref);
  if (error !== undefined) return false;
  // This holds for deferred removals too, but not for a device that was named by uuid or number.
  if (ref.name !== undefined) yield* removeNode(run, ref.name);
  return true;
}

/** A process whose I/O the new table has failed may close the device before the next ioctl, or after it. */
function* letOthersRun({ tool }: Run): Task<void> {
  const { process } = tool;
  const turn = process.sim.chooser.draw(2, () => 'dmsetup, between two ioctls: goes on, or waits');
  if (turn === 1) yield* userWait(process, { on: 'its turn', queue: null, timeout: 0 });
}

/** --retry: tries again every 200 ms, and complains each time. */
const RETRIES = 24;
const RETRY_DELAY = millis(200);

function* removeDevice(run: Run, ref: DeviceRef): Task<Errno | undefined> {
  const { dm, switches, tool } = run;
  const deferred = switches.has('deferred');
  for (let left = switches.has('retry') ? RETRIES : 0; ; left--) {
    const error = yield* ioctl(
      run,
      devRemove(dm, keyOf(ref), { deferred, cookie: udevCookie(run) }),
    );
    if (error === undefined) return undefined;
    yield* ioctlFailed(run, 'remove', ref, error);
    if (error !== 'EBUSY' || left === 0) return error;
    yield* userWait(tool.process, { on: 'a busy device', queue: null, timeout: RETRY_DELAY });
  }
}

export function* removeAll(run: Run, call: Call): Task<boolean> {
  const { dm, switches } = run;
  yield* removeClosed(run);
  if (!switches.has('f') || allCells(dm).length === 0) return true;
  yield* forEachDevice(run, call, wipeTable, { silent: true });
  yield* removeClosed(run);
  const left = allCells(dm).length;
  // It is reported, but is no failure.
  if (left > 0) yield* logError(run, `Unable to remove ${left} device(s).`);
  return true;
}

function* removeClosed(run: Run): Task<void> {
  yield* ioctl(run, removeAllDevices(run.dm, { deferred: run.switches.has('deferred') }));
  yield* makeAllNodes(run);
}

/** Replaces the table by one that fails all I/O. With -f, it does not wait for I/O in flight. */
export function* wipeTable(run: Run, { args, listed }: Call): Task<boolean> {
  const word = listed ?? args[0];
  if (word === undefined || word === '') return yield* logError(run, 'No device specified.');
  const name = listed ?? (yield* deviceName(run, word));
  if (name === null) return false;
  const { dm, switches } = run;
  const ref: DeviceRef = { name };
  const targets = tableStatus(dm, { name }, { kind: 'table' });
  if (typeof targets === 'string') yield* ioctlFailed(run, 'table', ref, targets);
  const length = typeof targets === 'string' ? 0 : targets.reduce((sum, t) => sum + t.length, 0);
  const specs = [{ start: 0n, length: BigInt(length), type: 'error', params: '' }];
  const loaded = tableLoad(dm, { name }, { specs, readOnly: switches.has('r') });
  if (loaded !== undefined) return yield* ioctlFailed(run, 'reload', ref, loaded);
  const force = switches.has('f');
  const error = yield* resumeDevice(run, ref, {
    noflush: force || switches.has('noflush'),
    lockFs: !force && !switches.has('nolockfs'),
  });
  if (error === undefined) return true;
  yield* ioctlFailed(run, 'resume', ref, error);
  tableClear(dm, { name });
  return false;
}
