// run-lab.ts — Runs a script with the programs that touch no disk, in an otherwise empty world.
import { textPrograms } from '@dmsim/coreutils';
import { bashProgram, parseLab, startLab } from '@dmsim/shell';
import { createSim, run } from '@dmsim/sim';
import { createCapture, createDirectory, nullDevice } from '@dmsim/vfs';
import type { Program } from '@dmsim/vfs';

/** Its text on both outputs; bytes as latin1. */
export function runLab(script: string): string {
  const sim = createSim();
  const programs = new Map<string, Program>(textPrograms);
  const options = { programs };
  const shell = bashProgram(options);
  programs.set('bash', shell).set('sh', shell);
  const root = createDirectory({
    tmp: createDirectory(),
    dev: createDirectory({ null: nullDevice() }),
  });
  const output = createCapture();
  const fds = new Map([0, 1, 2].map((fd) => [fd, output.file] as const));
  const env = new Map([
    ['PATH', '/usr/bin'],
    ['LC_ALL', 'C'],
  ]);
  startLab(parseLab(script, 'lab.sh'), { sim, env, cwd: '/tmp', root, fds }, options);
  run(sim);
  return Buffer.from(output.bytes()).toString('latin1');
}
