import type { Exhibit } from './exhibit.ts';
// exhibits.ts — All exhibits of the museum, by name.
import { exhibit as busyWithoutAGroup } from './exhibits/busy-without-a-group.ts';
import { exhibit as completionWithoutAWake } from './exhibits/completion-without-a-wake.ts';
import { exhibit as countedOffTwice } from './exhibits/counted-off-twice.ts';
import { exhibit as discardTakesTheNeighbours } from './exhibits/discard-takes-the-neighbours.ts';
import { exhibit as endIoRacesResume } from './exhibits/end-io-races-resume.ts';
import { exhibit as failedTwice } from './exhibits/failed-twice.ts';
import { exhibit as flagForgottenAtResume } from './exhibits/flag-forgotten-at-resume.ts';
import { exhibit as flagsInOneWord } from './exhibits/flags-in-one-word.ts';
import { exhibit as interruptedKeepsDeferred } from './exhibits/interrupted-keeps-deferred.ts';
import { exhibit as interruptedKeepsTheQueueStopped } from './exhibits/interrupted-keeps-the-queue-stopped.ts';
import { exhibit as jobEndsInPlaceOfAStop } from './exhibits/job-ends-in-place-of-a-stop.ts';
import { exhibit as kickLeftAtStop } from './exhibits/kick-left-at-stop.ts';
import { exhibit as lateWriteAfterFailover } from './exhibits/late-write-after-failover.ts';
import { exhibit as mappedAfterTheCheck } from './exhibits/mapped-after-the-check.ts';
import { exhibit as mergeAfterTheFlag } from './exhibits/merge-after-the-flag.ts';
import { exhibit as mirrorMissesAWrite } from './exhibits/mirror-misses-a-write.ts';
import { exhibit as noflushClearedEarly } from './exhibits/noflush-cleared-early.ts';
import { exhibit as pgInitLosesAPath } from './exhibits/pg-init-loses-a-path.ts';
import { exhibit as presuspendDispatchesNothing } from './exhibits/presuspend-dispatches-nothing.ts';
import { exhibit as processorsRunDuringReset } from './exhibits/processors-run-during-reset.ts';
import { exhibit as pushbackAtTheTail } from './exhibits/pushback-at-the-tail.ts';
import { exhibit as pushbackDropped } from './exhibits/pushback-dropped.ts';
import { exhibit as reinstateWithoutAKick } from './exhibits/reinstate-without-a-kick.ts';
import { exhibit as reinstatedTwice } from './exhibits/reinstated-twice.ts';
import { exhibit as requeuedToTheTail } from './exhibits/requeued-to-the-tail.ts';
import { exhibit as restartThatComesOnce } from './exhibits/restart-that-comes-once.ts';
import { exhibit as restartWritesWhatWasRead } from './exhibits/restart-writes-what-was-read.ts';
import { exhibit as secondPresuspend } from './exhibits/second-presuspend.ts';
import { exhibit as silentAfterThePivot } from './exhibits/silent-after-the-pivot.ts';
import { exhibit as tableDestroyedWithIo } from './exhibits/table-destroyed-with-io.ts';
import { exhibit as workerRunsIntoTheSuspend } from './exhibits/worker-runs-into-the-suspend.ts';

export const EXHIBITS: Readonly<Record<string, Exhibit>> = {
  'busy-without-a-group': busyWithoutAGroup,
  'completion-without-a-wake': completionWithoutAWake,
  'counted-off-twice': countedOffTwice,
  'discard-takes-the-neighbours': discardTakesTheNeighbours,
  'end-io-races-resume': endIoRacesResume,
  'failed-twice': failedTwice,
  'flag-forgotten-at-resume': flagForgottenAtResume,
  'flags-in-one-word': flagsInOneWord,
  'interrupted-keeps-deferred': interruptedKeepsDeferred,
  'interrupted-keeps-the-queue-stopped': interruptedKeepsTheQueueStopped,
  'job-ends-in-place-of-a-stop': jobEndsInPlaceOfAStop,
  'kick-left-at-stop': kickLeftAtStop,
  'late-write-after-failover': lateWriteAfterFailover,
  'mapped-after-the-check': mappedAfterTheCheck,
  'merge-after-the-flag': mergeAfterTheFlag,
  'mirror-misses-a-write': mirrorMissesAWrite,
  'noflush-cleared-early': noflushClearedEarly,
  'pg-init-loses-a-path': pgInitLosesAPath,
  'presuspend-dispatches-nothing': presuspendDispatchesNothing,
  'processors-run-during-reset': processorsRunDuringReset,
  'pushback-at-the-tail': pushbackAtTheTail,
  'pushback-dropped': pushbackDropped,
  'reinstate-without-a-kick': reinstateWithoutAKick,
  'reinstated-twice': reinstatedTwice,
  'requeued-to-the-tail': requeuedToTheTail,
  'restart-that-comes-once': restartThatComesOnce,
  'restart-writes-what-was-read': restartWritesWhatWasRead,
  'second-presuspend': secondPresuspend,
  'silent-after-the-pivot': silentAfterThePivot,
  'table-destroyed-with-io': tableDestroyedWithIo,
  'worker-runs-into-the-suspend': workerRunsIntoTheSuspend,
};
