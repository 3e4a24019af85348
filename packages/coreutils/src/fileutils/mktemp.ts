// mktemp.ts — mktemp(1): takes random names from the simulation's generator, so that runs are reproducible.
import { textOf, binaryOf } from '@dmsim/libc';
import type { Errno, Prng, Task } from '@dmsim/sim';
import { createPrng, strerror, uniformInteger } from '@dmsim/sim';
import type { Program, Resolved } from '@dmsim/vfs';
import { createDirectory, createFile } from '@dmsim/vfs';

import type { Options } from '../options.ts';
import { parseOptions } from '../options.ts';
import { joinPath, resolve } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, tool } from '../tool.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ATTEMPTS = 100;

export const mktemp: Program = tool(function* main(t: Tool): Task<number> {
  const options = parseOptions(t, {
    short: 'dp:qtu',
    long: { directory: 'd', 'dry-run': 'u', quiet: 'q', tmpdir: 'tmpdir::', suffix: 'suffix:' },
    refused: 'V',
  });
  const { has, value, operands } = options;
  const [given = 'tmp.XXXXXXXXXX', extra] = operands;
  if (extra !== undefined) failUsage(t, 'too many templates');
  const template = given + (value('suffix') ?? '');
  const directory = directoryOf(t, options);
  const path = directory === undefined ? template : joinPath(directory, template);
  const prng = createPrng(t.process.sim.seed + t.process.pid);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const name = fillIn(t, template, prng);
    const candidate = directory === undefined ? name : joinPath(directory, name);
    const found = resolve(t, candidate, { follow: false });
    if (typeof found !== 'string' && found.node !== undefined) continue;
    const error = has('u') ? undefined : create(found, has('d'));
    if (error !== undefined) return failTo(t, options, path, error);
    t.out.put(`${candidate}\n`);
    yield* t.out.flush();
    return 0;
  }
  return fail(t, 'no free name');
});

/** Says what could not be created, unless -q asks for silence. */
function failTo(t: Tool, { has }: Options, path: string, error: Errno): number {
  if (has('q')) return 1;
  const what = has('d') ? 'directory' : 'file';
  const shown = quote(t, textOf(path));
  return fail(t, `failed to create ${what} via template ${shown}: ${strerror(error)}`);
}

/** The directory of a template that names none: of -p, --tmpdir, TMPDIR, or /tmp; undefined for one that is a path. */
function directoryOf(t: Tool, { has, value, operands }: Options): string | undefined {
  if (operands.length > 0 && !['p', 't', 'tmpdir'].some(has)) return undefined;
  const places = [value('p'), value('tmpdir'), binaryOf(t.context.env.get('TMPDIR') ?? '')];
  return places.find((path) => path !== undefined && path !== '') ?? '/tmp';
}

/** Replaces the X's of a template by random letters and digits. */
function fillIn(t: Tool, template: string, prng: Prng): string {
  const match = /^(.*?)(X{3,})([^X]*)$/s.exec(template);
  if (match === null) fail(t, `too few X's in template ${quote(t, template)}`);
  const [, before = '', crosses = '', after = ''] = match;
  const letter = (): string => LETTERS.charAt(uniformInteger(prng, 0, LETTERS.length - 1));
  return before + crosses.replace(/X/g, letter) + after;
}

function create(found: Resolved | Errno, directory: boolean): Errno | undefined {
  if (typeof found === 'string') return found;
  const node = directory ? createDirectory({}, 0o700) : createFile('', 0o600);
  return found.parent.link(found.name, node);
}
