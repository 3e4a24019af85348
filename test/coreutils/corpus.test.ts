// corpus.test.ts — Replays corpus/*.sh: what the programs print must be what Debian 12 printed (corpus/record.sh).
import { readdirSync, readFileSync } from 'node:fs';

import { dd, textPrograms } from '@dmsim/coreutils';
import { bashProgram, parseLab, startLab } from '@dmsim/shell';
import type { ShellOptions } from '@dmsim/shell';
import { createSim, run } from '@dmsim/sim';
import { createCapture, createDirectory, nullDevice, zeroDevice } from '@dmsim/vfs';
import type { Program } from '@dmsim/vfs';
import { describe, expect, it } from 'vitest';

const corpus = new URL('corpus/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, corpus), 'latin1');

function replay(name: string): string {
  const sim = createSim();
  const programs = new Map<string, Program>(textPrograms);
  const options: ShellOptions = { programs };
  const shell = bashProgram(options);
  programs.set('bash', shell).set('sh', shell).set('dd', dd);
  const root = createDirectory({
    tmp: createDirectory({ case: createDirectory() }),
    dev: createDirectory({ null: nullDevice(), zero: zeroDevice() }),
  });
  const output = createCapture();
  const fds = new Map([0, 1, 2].map((fd) => [fd, output.file] as const));
  const script = readFileSync(new URL(name, corpus), 'utf8');
  const env = new Map([
    ['PATH', '/usr/bin'],
    ['LC_ALL', 'C'],
  ]);
  startLab(parseLab(script, 'lab.sh'), { sim, env, cwd: '/tmp/case', root, fds }, options);
  run(sim);
  return Buffer.from(output.bytes()).toString('latin1');
}

/** `== COMMAND` begins the output of a case. */
function cases(text: string): Map<string, string> {
  const parts = text.split(/^(?=== )/m).filter((part) => part.startsWith('== '));
  return new Map(parts.map((part, i) => [`${i + 1} ${part.slice(3, part.indexOf('\n'))}`, part]));
}

const scripts: string[] = readdirSync(corpus).filter((file) => /^(?!record).*\.sh$/.test(file));

for (const name of scripts) {
  describe(`corpus of ${name}`, () => {
    const expected = cases(read(name.replace(/\.sh$/, '.expected')));
    let printed: Map<string, string> | undefined;
    for (const [title, output] of expected) {
      it(`prints what Debian prints for ${title}`, () => {
        printed ??= cases(replay(name));
        expect(printed.get(title)).toBe(output);
      });
    }
  });
}
