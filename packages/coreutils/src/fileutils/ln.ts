// ln.ts — ln(1).
import { textOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program, Vnode } from '@dmsim/vfs';
import { createSymlink } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import { baseName, directoryName, lookup, relativePath, resolve } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { fail, quoteIfNeeded, quoteShell, tool, warn } from '../tool.ts';
import { chooseTargets } from './destination.ts';
import { canonical } from './readlink.ts';

interface Mode {
  readonly symbolic: boolean;
  readonly force: boolean;
  readonly verbose: boolean;
}

export const ln: Program = tool(function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, {
    short: 'fnrst:Tv',
    long: {
      force: 'f',
      'no-dereference': 'n',
      relative: 'r',
      symbolic: 's',
      'target-directory': 't:',
      'no-target-directory': 'T',
      verbose: 'v',
    },
    refused: 'bdFiLPS',
    refusedLong: ['backup', 'directory', 'interactive', 'logical', 'physical', 'suffix'],
  });
  if (has('r') && !has('s')) fail(t, 'cannot do --relative without --symbolic');
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
    const leads = has('r') ? relativeSource(t, source, target) : source;
    const problem = makeLink(t, leads, target, {
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

/** -r: the way from the directory of the link to what it leads to. */
function relativeSource(t: Tool, source: string, target: string): string {
  const from = canonical(t, directoryName(target), 'any').path;
  const to = canonical(t, source, 'any').path;
  return from === undefined || to === undefined ? source : relativePath(from, to);
}

const SYMBOLIC = { adjective: 'symbolic', arrow: '->' };
const HARD = { adjective: 'hard', arrow: '=>' };

interface Problem {
  readonly problem: string;
}

function makeLink(t: Tool, source: string, target: string, mode: Mode): string | undefined {
  const { symbolic, verbose } = mode;
  const { adjective, arrow } = symbolic ? SYMBOLIC : HARD;
  const node = nodeFor(t, source, symbolic);
  if ('problem' in node) return node.problem;
  const found = resolve(t, target, { follow: false });
  const failed = `failed to create ${adjective} link ${quoteShell(target)}`;
  if (typeof found === 'string') {
    return `${failed}${symbolic ? '' : ` => ${quoteShell(source)}`}: ${strerror(found)}`;
  }
  if (found.node !== undefined) {
    if (!mode.force) return `${failed}: File exists`;
    if (!symbolic && found.node === node)
      return `${quoteShell(source)} and ${quoteShell(target)} are the same file`;
    if (found.node.kind === 'directory') return `${quoteShell(target)}: cannot overwrite directory`;
  }
  const error = found.parent.link(found.name, node);
  if (error !== undefined) return `${failed}: ${strerror(error)}`;
  if (verbose) t.out.put(`${quoteShell(target)} ${arrow} ${quoteShell(source)}\n`);
  return undefined;
}

/** Returns the node that the new name stands for: a symlink, or the file that the source stands for. */
function nodeFor(t: Tool, source: string, symbolic: boolean): Vnode | Problem {
  if (symbolic) return createSymlink(textOf(source));
  const existing = lookup(t, source, { follow: false });
  if (typeof existing === 'string')
    return { problem: `failed to access ${quoteShell(source)}: ${strerror(existing)}` };
  if (existing.kind === 'directory')
    return { problem: `${quoteIfNeeded(source)}: hard link not allowed for directory` };
  return existing;
}
