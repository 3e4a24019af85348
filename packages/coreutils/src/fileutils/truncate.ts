// truncate.ts — truncate(1): -s N, +N, -N, <N, >N, /N, %N.
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { closeFile } from '../lines.ts';
import { parseSize } from '../numbers.ts';
import type { OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { lookup, openPath } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, quoteShell, tool, warn } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'cr:s:',
  long: { 'no-create': 'c', reference: 'r:', size: 's:' },
  refused: 'o',
  refusedLong: ['io-blocks'],
};

function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, SPEC);
  const size = value('s');
  const reference = value('r');
  if (size === undefined && reference === undefined) {
    failUsage(t, `you must specify either ${quote(t, '--size')} or ${quote(t, '--reference')}`);
  }
  const change = size === undefined ? (n: number): number => n : parseChange(t, size);
  if (operands.length === 0) failUsage(t, 'missing file operand');
  const base = reference === undefined ? undefined : sizeOf(t, reference);
  if (typeof base === 'string')
    fail(t, `cannot stat ${quoteShell(reference ?? '')}: ${strerror(base)}`);
  let status = 0;
  for (const name of operands) {
    const error = yield* truncateOne(t, name, { change, base, create: !has('c') });
    if (error === undefined) continue;
    yield* warn(t, error);
    status = 1;
  }
  return status;
}

function parseChange(t: Tool, text: string): (size: number) => number {
  const mode = /^[-+<>/%]/.exec(text)?.[0] ?? '';
  // Unlike other programs it takes `g` and `t` for `G` and `T`.
  const size = text.slice(mode.length).replace(/(?<=\d)[gt]/, (unit) => unit.toUpperCase());
  const n = parseSize(size);
  if (n === undefined) fail(t, `Invalid number: ${quote(t, text)}`);
  if ((mode === '/' || mode === '%') && n === 0) fail(t, 'division by zero');
  switch (mode) {
    case '+':
      return (size) => size + n;
    case '-':
      return (size) => Math.max(0, size - n);
    case '<':
      return (size) => Math.min(size, n);
    case '>':
      return (size) => Math.max(size, n);
    case '/':
      return (size) => size - (size % n);
    case '%':
      return (size) => Math.ceil(size / n) * n;
    default:
      return () => n;
  }
}

function sizeOf(t: Tool, name: string): number | Errno {
  const node = lookup(t, name);
  if (typeof node === 'string') return node;
  return node.kind === 'file' ? node.size() : 0;
}

interface Truncation {
  readonly change: (size: number) => number;
  readonly base: number | undefined;
  readonly create: boolean;
}

function* truncateOne(
  t: Tool,
  name: string,
  { change, base, create }: Truncation,
): Task<string | undefined> {
  const file = yield* openPath(t, name, { read: false, write: true, create });
  if (file === 'ENOENT' && !create) return undefined;
  if (typeof file === 'string')
    return `cannot open ${quoteShell(name)} for writing: ${strerror(file)}`;
  closeFile(t, file);
  const node = lookup(t, name);
  const size = base ?? (typeof node !== 'string' && node.kind === 'file' ? node.size() : 0);
  const length = change(size);
  const error = typeof node !== 'string' && node.kind === 'file' ? node.truncate(length) : 'EINVAL';
  if (error === undefined) return undefined;
  return `failed to truncate ${quoteShell(name)} at ${length} bytes: ${strerror(error)}`;
}

export const truncate: Program = tool(main);
