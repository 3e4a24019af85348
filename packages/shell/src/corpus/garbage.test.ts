// garbage.test.ts — Broken scripts end in a documented way: a status, or NotSupported. They never hang and never crash.
import { readdirSync, readFileSync } from 'node:fs';

import { createPrng, uniformInteger } from '@dmsim/sim';
import { expect, it } from 'vitest';

import { NotSupported } from '../index.ts';
import { runLab } from './stand-ins.ts';

const here = new URL('.', import.meta.url);
const scripts = readdirSync(here)
  .filter((file) => file.endsWith('.sh') && !file.startsWith('large'))
  .map((file) => readFileSync(new URL(file, here), 'utf8'));

const PIECES = [
  ...'abx12 \n\n;|&(){}[]<>$"\'`\\*?~!#=+-%/,:.@^_',
  ...['$(', '$((', '))', '${', '}', 'if ', 'then ', 'fi\n', 'for i in ', 'do ', 'done\n', 'case '],
  ...[
    'esac ',
    'while ',
    '[[ ',
    ' ]]',
    '&&',
    '||',
    '<<E\n',
    '\nE\n',
    '<<<',
    '>&2',
    'echo ',
    'x=',
    '$x',
  ],
  ...[
    '"$@"',
    'f() { ',
    'set -e\n',
    'read y\n',
    'break\n',
    'exit 3\n',
    'eval ',
    'trap ',
    '{1..3}',
    '!',
  ],
];

function check(text: string): void {
  try {
    const { status, outcome } = runLab(text, 'garbage.sh', { until: 0.25e9 });
    expect(status).toBeLessThanOrEqual(255);
    expect(['stopped', 'hung', 'limit']).toContain(outcome);
  } catch (error) {
    if (!(error instanceof NotSupported)) {
      throw new Error(`${String(error)} for the script ${JSON.stringify(text)}`, { cause: error });
    }
    expect(error.message).toMatch(/^\S+:\d+: not supported: /);
  }
}

it('survives random pieces of shell', { timeout: 60_000 }, () => {
  const prng = createPrng(7);
  for (let n = 0; n < 3000; n++) {
    const length = uniformInteger(prng, 1, 25);
    const pieces = Array.from({ length }, () => PIECES[uniformInteger(prng, 0, PIECES.length - 1)]);
    check(pieces.join(''));
  }
});

it('survives scripts that end anywhere', { timeout: 60_000 }, () => {
  const prng = createPrng(8);
  for (const script of scripts) {
    for (let n = 0; n < 6; n++) check(script.slice(0, uniformInteger(prng, 0, script.length)));
  }
});

it('survives scripts with a character gone or doubled', { timeout: 60_000 }, () => {
  const prng = createPrng(9);
  for (const script of scripts) {
    for (let n = 0; n < 6; n++) {
      const at = uniformInteger(prng, 0, script.length);
      check(script.slice(0, at) + script.slice(at + 1));
      check(script.slice(0, at) + script.slice(Math.max(at - 1, 0)));
    }
  }
});
