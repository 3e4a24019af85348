// mv.ts — mv(1).
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { chooseTargets } from './destination.ts';
import { parseOptions } from './options.ts';
import { resolve } from './paths.ts';
import type { Tool } from './tool.ts';
import { quoteShell, tool, warn } from './tool.ts';

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
    refusedLong: ['backup', 'interactive', 'update', 'strip-trailing-slashes', 'suffix'],
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
  const node = typeof from === 'string' ? undefined : from.node;
  if (typeof from === 'string' || node === undefined) {
    return `cannot stat ${quoteShell(source)}: ${strerror(typeof from === 'string' ? from : 'ENOENT')}`;
  }
  const to = resolve(t, target.replace(/\/+$/, '') || target, { follow: false });
  const cannot = `cannot move ${quoteShell(source)} to ${quoteShell(target)}`;
  if (typeof to === 'string') return `${cannot}: ${strerror(to)}`;
  if (to.node === node) return `${quoteShell(source)} and ${quoteShell(target)} are the same file`;
  if (to.node !== undefined && noClobber) return undefined;
  if (node.kind === 'directory' && to.path.startsWith(`${from.path}/`)) {
    return `cannot move ${quoteShell(source)} to a subdirectory of itself, ${quoteShell(target)}`;
  }
  if (to.node?.kind === 'directory') {
    if (node.kind !== 'directory')
      return `cannot overwrite directory ${quoteShell(target)} with non-directory`;
    if (to.node.entries().length > 0) return `${cannot}: Directory not empty`;
  } else if (to.node !== undefined && node.kind === 'directory') {
    return `cannot overwrite non-directory ${quoteShell(target)} with directory ${quoteShell(source)}`;
  }
  const error = to.parent.link(to.name, node) ?? from.parent.unlink(from.name);
  if (error !== undefined) return `${cannot}: ${strerror(error)}`;
  if (verbose) t.out.put(`renamed ${quoteShell(source)} -> ${quoteShell(target)}\n`);
  return undefined;
}
