// mktemp.ts — mktemp(1): takes random names from the simulation's generator, so that runs are reproducible.
import { textOf, binaryOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { createPrng, strerror, uniformInteger } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';
import { createDirectory, createFile } from '@dmsim/vfs';

import { parseOptions } from './options.ts';
import { joinPath, resolve } from './paths.ts';
import type { Tool } from './tool.ts';
import { fail, failUsage, quote, tool } from './tool.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ATTEMPTS = 100;

export const mktemp: Program = tool(function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, {
    short: 'dp:qtu',
    long: { directory: 'd', 'dry-run': 'u', quiet: 'q', tmpdir: 'tmpdir::', suffix: 'suffix:' },
  });
  const [template = 'tmp.XXXXXXXXXX', extra] = operands;
  if (extra !== undefined) failUsage(t, 'too many templates');
  const full = template + (value('suffix') ?? '');
  const match = /^(.*?)(X{3,})([^X]*)$/s.exec(full);
  if (match === null) fail(t, `too few X's in template ${quote(t, full)}`);
  const [, before = '', crosses = '', after = ''] = match;
  const places = [value('p'), value('tmpdir'), binaryOf(t.context.env.get('TMPDIR') ?? '')];
  const place = places.find((path) => path !== undefined && path !== '') ?? '/tmp';
  const inPlace = operands.length === 0 || has('p') || has('t') || has('tmpdir');
  const prng = createPrng(t.process.sim.seed + t.process.pid);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const chosen = crosses.replace(/X/g, () =>
      LETTERS.charAt(uniformInteger(prng, 0, LETTERS.length - 1)),
    );
    const name = before + chosen + after;
    const path = inPlace ? joinPath(place, name) : name;
    const found = resolve(t, path, { follow: false });
    if (typeof found !== 'string' && found.node !== undefined) continue;
    if (!has('u')) {
      const node = has('d') ? createDirectory({}, 0o700) : createFile('', 0o600);
      const error = typeof found === 'string' ? found : found.parent.link(found.name, node);
      if (error !== undefined) {
        const what = has('d') ? 'directory' : 'file';
        const shown = inPlace ? joinPath(place, full) : full;
        fail(
          t,
          `failed to create ${what} via template ${quote(t, textOf(shown))}: ${strerror(error)}`,
        );
      }
    }
    t.out.put(`${path}\n`);
    yield* t.out.flush();
    return 0;
  }
  return fail(t, 'no free name');
});
