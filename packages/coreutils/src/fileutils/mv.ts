// mv.ts — mv(1).
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program, Resolved, Vnode } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import { resolve } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { quoteShell, tool, warn } from '../tool.ts';
import { chooseTargets } from './destination.ts';

interface Mode {
  readonly noClobber: boolean;
  readonly verbose: boolean;
}

export const mv: Program = tool(function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, {
    short: 'fnt:Tv',
    long: {
      force: 'f',
      'no-clobber': 'n',
      'target-directory': 't:',
      'no-target-directory': 'T',
      verbose: 'v',
    },
    refused: 'biuSZ',
    refusedLong: ['context', 'backup', 'interactive', 'update', 'strip-trailing-slashes', 'suffix'],
  });
  const pairs = chooseTargets(t, operands, {
    directory: value('t'),
    asFile: has('T'),
    what: 'target',
  });
  let status = 0;
  for (const [source, target] of pairs) {
    const problem = move(t, source, target, { noClobber: has('n'), verbose: has('v') });
    if (problem === undefined) continue;
    status = 1;
    yield* warn(t, problem);
  }
  return status;
});

function move(
  t: Tool,
  source: string,
  target: string,
  { noClobber, verbose }: Mode,
): string | undefined {
  const from = resolve(t, source, { follow: false });
  const errno = typeof from === 'string' ? from : 'ENOENT';
  if (typeof from === 'string' || from.node === undefined) {
    return `cannot stat ${quoteShell(source)}: ${strerror(errno)}`;
  }
  const to = resolve(t, withoutSlashes(target), { follow: false });
  const cannot = `cannot move ${quoteShell(source)} to ${quoteShell(target)}`;
  if (typeof to === 'string') return `${cannot}: ${strerror(to)}`;
  if (to.node !== undefined && to.node !== from.node && noClobber) return undefined;
  const obstacle = obstacleTo(source, target, [from, to]);
  if (obstacle !== undefined) return obstacle;
  const error = to.parent.link(to.name, from.node) ?? from.parent.unlink(from.name);
  if (error !== undefined) return `${cannot}: ${strerror(error)}`;
  if (verbose) t.out.put(`renamed ${quoteShell(source)} -> ${quoteShell(target)}\n`);
  return undefined;
}

const withoutSlashes = (path: string): string => path.replace(/\/+$/, '') || path;

function obstacleTo(
  source: string,
  target: string,
  [from, to]: readonly [Resolved, Resolved],
): string | undefined {
  const { node } = from;
  if (node === undefined) return undefined;
  if (to.node === node) return `${quoteShell(source)} and ${quoteShell(target)} are the same file`;
  if (node.kind === 'directory' && to.path.startsWith(`${from.path}/`)) {
    return `cannot move ${quoteShell(source)} to a subdirectory of itself, ${quoteShell(target)}`;
  }
  return to.node === undefined ? undefined : overwriting(source, target, [node, to.node]);
}

/** Why a file can't replace another: only an empty directory makes way, and only for a directory. */
function overwriting(
  source: string,
  target: string,
  [node, there]: readonly [Vnode, Vnode],
): string | undefined {
  if (there.kind === 'directory') {
    if (node.kind !== 'directory')
      return `cannot overwrite directory ${quoteShell(target)} with non-directory`;
    if (there.entries().length === 0) return undefined;
    return `cannot move ${quoteShell(source)} to ${quoteShell(target)}: Directory not empty`;
  }
  if (node.kind !== 'directory') return undefined;
  return `cannot overwrite non-directory ${quoteShell(target)} with directory ${quoteShell(source)}`;
}
