// basename.ts — basename(1) and dirname(1).
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { baseName, directoryName } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { failUsage, quote, tool } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'as:z',
  long: { multiple: 'a', suffix: 's:', zero: 'z' },
  inOrder: true,
};

function strip(name: string, suffix: string): string {
  return suffix !== '' && name !== suffix && name.endsWith(suffix)
    ? name.slice(0, name.length - suffix.length)
    : name;
}

export const basename: Program = tool(function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, SPEC);
  const [first, second, third] = operands;
  if (first === undefined) failUsage(t, 'missing operand');
  const end = has('z') ? '\0' : '\n';
  if (has('a') || has('s')) {
    for (const name of operands) t.out.put(strip(baseName(name), value('s') ?? '') + end);
    return 0;
  }
  if (third !== undefined) failUsage(t, `extra operand ${quote(t, third)}`);
  t.out.put(strip(baseName(first), second ?? '') + end);
  yield* t.out.flush();
  return 0;
});

export const dirname: Program = tool(function* main(t: Tool): Task<number> {
  const { has, operands } = parseOptions(t, { short: 'z', long: { zero: 'z' } });
  if (operands.length === 0) failUsage(t, 'missing operand');
  for (const name of operands) t.out.put(directoryName(name) + (has('z') ? '\0' : '\n'));
  yield* t.out.flush();
  return 0;
});
