// job-control.ts — Queries and controls jobs: block-job-* and job-*. Mirrors blockdev.c, job-qmp.c.
import type { Blocking } from '../../aio/main-loop.ts';
import { setSpeed, userPause, userResume } from '../../jobs/block-job.ts';
import type { Job, JobVerb } from '../../jobs/job.ts';
import { isBlockJob, isReady, progressTotal, refuseVerb, setStatus } from '../../jobs/job.ts';
import { cancelJob, finalizeAll } from '../../jobs/transaction.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, flagArg, integerArg, outcome, stringArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import type { Member } from '../qapi.ts';
import { optional, required } from '../qapi.ts';

function blockJobInfo(job: Job): JsonObject {
  const info: JsonObject = {
    type: job.driver.type,
    device: job.id,
    len: progressTotal(job),
    offset: job.progress.current,
    busy: job.busy,
    paused: job.pauseCount > 0,
    speed: job.speed,
    'io-status': job.ioStatus,
    ready: isReady(job),
    status: job.status,
    'auto-finalize': job.autoFinalize,
    'auto-dismiss': job.autoDismiss,
  };
  if (job.error !== null) info['error'] = job.error;
  return info;
}

function jobInfo(job: Job): JsonObject {
  const info: JsonObject = {
    id: job.id,
    type: job.driver.type,
    status: job.status,
    'current-progress': job.progress.current,
    'total-progress': progressTotal(job),
  };
  if (job.error !== null) info['error'] = job.error;
  return info;
}

const queryBlockJobs: QmpCommand = {
  name: 'query-block-jobs',
  args: [],
  run(vm) {
    return success(vm.jobs.filter(isBlockJob).toReversed().map(blockJobInfo));
  },
};

const queryJobs: QmpCommand = {
  name: 'query-jobs',
  args: [],
  run(vm) {
    return success(vm.jobs.toReversed().map(jobInfo));
  },
};

/** Acts on a job and returns the refusal, or null; a generator if it may have to wait. */
type Act = (job: Job, args: JsonObject) => string | null | Blocking<string | null>;

function pause(job: Job): string | null {
  return userPause(job);
}

function resume(job: Job): string | null {
  return userResume(job);
}

function complete(job: Job): string | null {
  if (job.cancelled || job.driver.complete === undefined)
    return `The active block job '${job.id}' cannot be completed`;
  job.driver.complete(job);
  return null;
}

function* finalize(job: Job): Blocking<string | null> {
  if (job.txn !== null) yield* finalizeAll(job.txn);
  return null;
}

function dismiss(job: Job): string | null {
  setStatus(job, 'null');
  return null;
}

function* cancel(job: Job): Blocking<string | null> {
  yield* cancelJob(job, true);
  return null;
}

function* blockJobCancel(job: Job, args: JsonObject): Blocking<string | null> {
  const force = flagArg(args, 'force') ?? false;
  if (job.userPaused && !force) return `The block job for device '${job.id}' is currently paused`;
  yield* cancelJob(job, force);
  return null;
}

function changeSpeed(job: Job, args: JsonObject): string | null {
  return setSpeed(job, integerArg(args, 'speed') ?? 0);
}

interface VerbSpec {
  readonly verb: JobVerb;
  readonly act: Act;
  /** The name of the argument that identifies the job. */
  readonly by: 'device' | 'id';
  readonly more?: readonly Member[];
}

function verbCommand(name: string, { verb, act, by, more = [] }: VerbSpec): QmpCommand {
  const ofBlockJob = name.startsWith('block-job');
  return {
    name,
    args: [required(by, 'string'), ...more],
    *run(vm, args): Blocking<CommandResult> {
      const id = stringArg(args, by) ?? '';
      const job = findJob(vm, id);
      if (job === undefined || (ofBlockJob && !isBlockJob(job)))
        return ofBlockJob
          ? failure(`Block job '${id}' not found`, 'DeviceNotActive')
          : failure('Job not found');
      const refusal = refuseEarly(job, verb, args) ?? refuseVerb(job, verb);
      if (refusal !== null) return failure(refusal);
      const result = act(job, args);
      return outcome(typeof result === 'object' && result !== null ? yield* result : result);
    },
  };
}

/** Some checks for a user's pause come before that of the job's state. */
function refuseEarly(job: Job, verb: JobVerb, args: JsonObject): string | null {
  if (verb === 'resume' && !job.userPaused) return "Can't resume a job that was not paused";
  if (verb !== 'cancel' || !('device' in args)) return null;
  if (!job.userPaused || flagArg(args, 'force') === true) return null;
  return `The block job for device '${job.id}' is currently paused`;
}

const findJob = (vm: Vm, id: string): Job | undefined => vm.jobs.find((job) => job.id === id);

export const jobControlCommands: readonly QmpCommand[] = [
  queryBlockJobs,
  queryJobs,
  verbCommand('block-job-pause', { verb: 'pause', act: pause, by: 'device' }),
  verbCommand('block-job-resume', { verb: 'resume', act: resume, by: 'device' }),
  verbCommand('block-job-complete', { verb: 'complete', act: complete, by: 'device' }),
  verbCommand('block-job-finalize', { verb: 'finalize', act: finalize, by: 'id' }),
  verbCommand('block-job-dismiss', { verb: 'dismiss', act: dismiss, by: 'id' }),
  verbCommand('block-job-cancel', {
    verb: 'cancel',
    act: blockJobCancel,
    by: 'device',
    more: [optional('force', 'boolean')],
  }),
  verbCommand('block-job-set-speed', {
    verb: 'set-speed',
    act: changeSpeed,
    by: 'device',
    more: [required('speed', 'integer')],
  }),
  verbCommand('job-pause', { verb: 'pause', act: pause, by: 'id' }),
  verbCommand('job-resume', { verb: 'resume', act: resume, by: 'id' }),
  verbCommand('job-complete', { verb: 'complete', act: complete, by: 'id' }),
  verbCommand('job-finalize', { verb: 'finalize', act: finalize, by: 'id' }),
  verbCommand('job-dismiss', { verb: 'dismiss', act: dismiss, by: 'id' }),
  verbCommand('job-cancel', { verb: 'cancel', act: cancel, by: 'id' }),
];
