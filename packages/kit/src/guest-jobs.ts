// guest-jobs.ts — Block jobs of a schedule: copies of the virtual machine's disk to a file, and those between an overlay and the map.
import type { Command, JobCommand, Schedule } from './schedule.ts';

/** The file that jobs write to, and the node on it. */
export const TARGET_FILE = '/tmp/target.raw';
const TARGET = 'target';
const JOB = 'job';

const isJob = (command: Command): boolean =>
  command.kind === 'job' || command.kind === 'job-control';

export const hasJobs = ({ guest, commands }: Schedule): boolean =>
  guest !== undefined && commands.some(isJob);

/** Opens the file. Called once the machine runs. */
export const ADD_TARGET: string = qmp('blockdev-add', {
  driver: 'raw',
  'node-name': TARGET,
  file: { driver: 'file', filename: TARGET_FILE },
});

/** Commands that end every job when a schedule ends, each with some time after it. A mirror that is ready pivots. */
export const END_JOBS: readonly string[] = [
  jobCommand({ kind: 'job-control', word: 'resume' }),
  jobCommand({ kind: 'job-control', word: 'complete' }),
  jobCommand({ kind: 'job-control', word: 'cancel' }),
];

/** The monitor command for a step of a schedule. */
export function jobCommand(command: JobCommand): string {
  if (command.kind === 'job') {
    if (command.word === 'commit' || command.word === 'stream')
      return qmp(`block-${command.word}`, {
        'job-id': JOB,
        device: 'disk',
        'on-error': command.onError,
      });
    return qmp(`blockdev-${command.word}`, {
      'job-id': JOB,
      device: 'disk',
      target: TARGET,
      sync: 'full',
      'on-source-error': command.onError,
    });
  }
  const force = command.word === 'cancel' ? { force: true } : {};
  return qmp(`block-job-${command.word}`, { device: JOB, ...force });
}

function qmp(execute: string, args: object): string {
  return JSON.stringify({ execute, arguments: args });
}
