// wipefs.ts — wipefs(8) of util-linux, of disks with nothing on them: it looks, finds no signature, and erases none.
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import { fail, failUsage, parseOptions, refuse, tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { probePath } from './read-signature.ts';

const SPEC: OptionSpec = {
  short: 'afinO:JpqV',
  long: {
    all: 'a',
    force: 'f',
    noheadings: 'i',
    json: 'J',
    'no-act': 'n',
    output: 'O:',
    parsable: 'p',
    quiet: 'q',
    version: 'V',
  },
  refused: 'bho:t',
  refusedLong: ['backup', 'lock', 'offset', 'types'],
};

export const wipefs = (machine: Machine): Program => tool((t) => main(t, machine));

function* main(t: Tool, machine: Machine): Task<number> {
  const { has, operands } = parseOptions(t, SPEC);
  if (has('V')) {
    t.out.put('wipefs from util-linux 2.38.1\n');
    return 0;
  }
  if (operands.length === 0) failUsage(t, 'no device specified');
  for (const path of operands) {
    const content = yield* probePath(t, machine, path);
    if (content === 'ENOENT')
      fail(t, `error: ${path}: probing initialization failed: ${strerror(content)}`);
    if (content !== 'blank')
      refuse(t, `a disk with something on it, or that can't be read (${path})`);
  }
  if (has('J') && !has('a')) t.out.put('{\n   "signatures": [\n\n   ]\n}\n');
  return 0;
}
