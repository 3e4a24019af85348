// run-mutant.ts — The simulator with a mistake in it: one text of one source file is another when it is loaded.
import { spawnSync } from 'node:child_process';

import type { Requeue } from '../properties/check-property.ts';
import { HERE, SERVER_OPTIONS } from '../properties/load-sources.ts';
import type { MutantReport } from '../properties/mutant.ts';

export interface Mutation {
  /** What is wrong then, as a part of a sentence. */
  readonly name: string;
  /** Below `packages/`. */
  readonly file: string;
  readonly replace: string;
  readonly by: string;
}

export interface MutantRun {
  readonly requeue: Requeue;
  readonly runs: number;
}

/** In a process of its own. Fails unless the text is there exactly once: a mistake that is not made proves nothing. */
export function runMutant(mutation: Mutation | null, { requeue, runs }: MutantRun): MutantReport {
  const script = `
    import { createViteServer } from 'vitest/node';
    const mutation = ${JSON.stringify(mutation)};
    let replaced = 0;
    const transform = (code, id) => {
      if (mutation === null || !id.endsWith('/packages/' + mutation.file)) return null;
      const parts = code.split(mutation.replace);
      replaced += parts.length - 1;
      return parts.join(mutation.by);
    };
    const plugins = [{ name: 'mutation', enforce: 'pre', transform }];
    const server = await createViteServer({ ...${JSON.stringify(SERVER_OPTIONS)}, plugins });
    const { judgeMutant } = await server.ssrLoadModule('/mutant.ts');
    if (mutation !== null && replaced !== 1) throw new Error('the text is there ' + replaced + ' times');
    console.log(JSON.stringify(judgeMutant(${JSON.stringify(requeue)}, ${runs})));
    await server.close();`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: HERE,
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout) as MutantReport;
}
