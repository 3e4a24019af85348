// which.ts — which(1) of debianutils: finds programs in $PATH.
import type { Program } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import { lookup } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { tool } from '../tool.ts';

export const which: Program = tool(function* main(t: Tool) {
  const { has, operands } = parseOptions(t, { short: 'as' });
  let status = operands.length === 0 ? 1 : 0;
  for (const name of operands) {
    const found = pathsOf(t, name).filter((path) => canRun(t, path));
    if (found.length === 0) status = 1;
    const shown = has('a') ? found : found.slice(0, 1);
    if (!has('s')) for (const path of shown) t.out.put(`${path}\n`);
  }
  yield* t.out.flush();
  return status;
});

function pathsOf(t: Tool, name: string): readonly string[] {
  if (name.includes('/')) return [name];
  const directories = (t.context.env.get('PATH') ?? '').split(':');
  return directories.map((directory) => `${directory === '' ? '.' : directory}/${name}`);
}

function canRun(t: Tool, path: string): boolean {
  const node = lookup(t, path);
  return typeof node !== 'string' && node.kind === 'file' && (node.mode & 0o111) !== 0;
}
