// determinism.test.ts — The same seed makes the same run, to the byte, in any process.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { beforeAll, describe, expect, it } from 'vitest';

import { ALL } from '../share.ts';
import { bundleSources } from './bundle-sources.ts';
import { traceDigest } from './trace-digest.ts';

const SCHEDULES = ALL ? 40 : 10;

let code = '';
beforeAll(async () => {
  code = await bundleSources(fileURLToPath(new URL('trace-digest.ts', import.meta.url)));
});

/** In a process that has run nothing else. */
function digestElsewhere(seed: number, requeue: 'deferred-head' | 'pushback'): string {
  const call = `console.log(traceDigest(${seed}, '${requeue}', ${SCHEDULES}));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module'], {
    input: `${code}\n${call}`,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return stdout.trim() + stderr.trim();
}

describe.each(['deferred-head', 'pushback'] as const)('with requeue: %s', (requeue) => {
  it('has the same trace twice in one process, and in another one', { timeout: 60_000 }, () => {
    const first = traceDigest(7, requeue, SCHEDULES);
    expect(traceDigest(7, requeue, SCHEDULES)).toBe(first);
    expect(digestElsewhere(7, requeue)).toBe(first);
    expect(traceDigest(8, requeue, SCHEDULES)).not.toBe(first);
  });
});
