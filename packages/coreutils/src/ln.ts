// ln.ts — ln(1).
import { textOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program, Vnode } from '@dmsim/vfs';
import { createSymlink } from '@dmsim/vfs';

import { chooseTargets } from './destination.ts';
import { parseOptions } from './options.ts';
import { baseName, lookup, resolve } from './paths.ts';
import type { Tool } from './tool.ts';
import { quoteIfNeeded, quoteShell, tool, warn } from './tool.ts';

interface Mode {
  readonly symbolic: boolean;
  readonly force: boolean;
  readonly verbose: boolean;
}

export const ln: Program = tool(function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, {
    short: 'fnst:Tv',
    long: {
      force: 'f',
      'no-dereference': 'n',
      symbolic: 's',
      'target-directory': 't:',
      'no-target-directory': 'T',
      verbose: 'v',
    },
    refused: 'bdFiLPrS',
    refusedLong: [
      'backup',
      'directory',
      'interactive',
      'logical',
      'physical',
      'relative',
      'suffix',
    ],
  });
  const [only] = operands;
  const given =
    operands.length === 1 && only !== undefined && value('t') === undefined
      ? [only, baseName(only)]
      : operands;
  const pairs =
    given === operands
      ? chooseTargets(t, operands, {
          directory: value('t'),
          asFile: has('T'),
          what: 'target',
          follow: !has('n'),
        })
      : [[given[0] ?? '', given[1] ?? ''] as const];
  let status = 0;
  for (const [source, target] of pairs) {
    const problem = makeLink(t, source, target, {
      symbolic: has('s'),
      force: has('f'),
      verbose: has('v'),
    });
    if (problem === undefined) continue;
    status = 1;
    yield* warn(t, problem);
  }
  return status;
});

function makeLink(
  t: Tool,
  source: string,
  target: string,
  { symbolic, force, verbose }: Mode,
): string | undefined {
  let node: Vnode;
  if (symbolic) node = createSymlink(textOf(source));
  else {
    const existing = lookup(t, source, { follow: false });
    if (typeof existing === 'string')
      return `failed to access ${quoteShell(source)}: ${strerror(existing)}`;
    if (existing.kind === 'directory')
      return `${quoteIfNeeded(source)}: hard link not allowed for directory`;
    node = existing;
  }
  const found = resolve(t, target, { follow: false });
  const failed = `failed to create ${symbolic ? 'symbolic' : 'hard'} link ${quoteShell(target)}`;
  const because =
    symbolic || (typeof found !== 'string' && found.node !== undefined)
      ? ''
      : ` => ${quoteShell(source)}`;
  if (typeof found === 'string') return `${failed}${because}: ${strerror(found)}`;
  if (found.node !== undefined) {
    if (!force) return `${failed}: File exists`;
    if (!symbolic && found.node === node)
      return `${quoteShell(source)} and ${quoteShell(target)} are the same file`;
    if (found.node.kind === 'directory') return `${quoteShell(target)}: cannot overwrite directory`;
  }
  const error = found.parent.link(found.name, node);
  if (error !== undefined) return `${failed}: ${strerror(error)}`;
  if (verbose) t.out.put(`${quoteShell(target)} ${symbolic ? '->' : '=>'} ${quoteShell(source)}\n`);
  return undefined;
}
