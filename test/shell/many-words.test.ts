// many-words.test.ts — Words of a lab may be more than the arguments that a JavaScript call can have. In a process of its own, whose
// stack is what users have; needs the build.
import { spawnSync } from 'node:child_process';

import { expect, it } from 'vitest';

const bin = new URL('../../packages/cli/bin/dmsim.js', import.meta.url).pathname;

/** Each prints 150000. */
const COUNTS = {
  'in a list of arguments': 'set -- $(cat n); echo $#',
  'in an array': 'a=($(cat n)); echo ${#a[@]}',
  'in a loop': 'for i in $(cat n); do :; done; echo $i',
  'as operands of a builtin': 'printf "%s\\n" $(cat n) | wc -l',
  'as values that jq slurps': 'jq -s length n',
};

it(`takes a hundred and fifty thousand words ${Object.keys(COUNTS).join(', ')}`, () => {
  const lab = [
    'cd /tmp; seq 150000 > n',
    ...Object.values(COUNTS).map((command) => `(${command})`),
  ].join('\n');
  const { stdout, stderr } = spawnSync(process.execPath, [bin, 'run', '--quiet', '-c', lab], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const lines = stdout.trim().split('\n');
  expect(Object.keys(COUNTS).map((where, i) => [where, lines[i]])).toEqual(
    Object.keys(COUNTS).map((where) => [where, '150000']),
  );
}, 60_000);
