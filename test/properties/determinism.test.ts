// The same seed makes the same run, to the byte, in any process.
import { spawnSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import type { Requeue } from './check-property.ts';
import { HERE, SERVER_OPTIONS } from './load-sources.ts';
import { traceDigest } from './trace-digest.ts';

const SCHEDULES = 100;

/** In a process that has run nothing else. */
function digestElsewhere(seed: number, requeue: Requeue): string {
  const script = `
    import { createViteServer } from 'vitest/node';
    const server = await createViteServer(${JSON.stringify(SERVER_OPTIONS)});
    const { traceDigest } = await server.ssrLoadModule('/trace-digest.ts');
    console.log(traceDigest(${seed}, ${JSON.stringify(requeue)}, ${SCHEDULES}));
    await server.close();`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: HERE,
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
