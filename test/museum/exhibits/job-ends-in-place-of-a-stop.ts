// job-ends-in-place-of-a-stop.ts — A job ends at its first error, whatever its policy says.
import type { Exhibit } from '../exhibit.ts';

export const exhibit: Exhibit = {
  title: 'a job ends at its first error, whatever its policy says',
  source: 'blockjob.c: block_job_error_action',
  story: [
    'A block job has error policies of its own. With `stop` it pauses, its client looks after the path or the space that is missing, and',
    'the job goes on from there. A job that ends instead begins again from nothing.',
  ],
  file: 'qemu/src/jobs/block-job.ts',
  replace: 'const action = actionFor(policy, errno);',
  by: "const action = policy === 'retry' ? 'retry' : 'report';",
  guest: true,
  breaks: 'what a job does about an error is what its policy says',
};
