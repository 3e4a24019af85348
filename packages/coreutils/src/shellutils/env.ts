// env.ts — env(1) and printenv(1).
import { textOf, binaryOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { fail, quote, tool } from '../tool.ts';
import { runInPlace, statusOfFailure } from './run-child.ts';

const SPEC: OptionSpec = {
  short: 'iu:0',
  long: { 'ignore-environment': 'i', unset: 'u:', null: '0' },
  refused: 'CSv',
  refusedLong: [
    'chdir',
    'split-string',
    'block-signal',
    'default-signal',
    'ignore-signal',
    'debug',
    'list-signal-handling',
  ],
  inOrder: true,
  status: 125,
};

export const env: Program = tool(function* main(t: Tool): Task<number> {
  const { has, given, operands } = parseOptions(t, SPEC);
  const dash = operands[0] === '-';
  const words = dash ? operands.slice(1) : operands;
  const variables = new Map(has('i') || dash ? [] : t.context.env);
  for (const [key, name] of given) if (key === 'u') variables.delete(textOf(name));
  const commandLine = words.slice(assign(variables, words));
  const [command] = commandLine;
  if (command !== undefined) {
    const status = yield* runInPlace(t, commandLine, { env: variables });
    if (typeof status === 'number') return status;
    fail(t, `${quote(t, command)}: ${strerror(status)}`, statusOfFailure(status));
  }
  for (const [name, value] of variables)
    t.out.put(binaryOf(`${name}=${value}`) + (has('0') ? '\0' : '\n'));
  return 0;
});

/** Sets the variables of the leading `NAME=VALUE` words; returns how many there are. */
function assign(variables: Map<string, string>, words: readonly string[]): number {
  let count = 0;
  for (const word of words.map(textOf)) {
    const equals = word.indexOf('=');
    if (equals < 0) break;
    variables.set(word.slice(0, equals), word.slice(equals + 1));
    count++;
  }
  return count;
}

export const printenv: Program = tool(function* main(t: Tool): Task<number> {
  const { has, operands } = parseOptions(t, {
    short: '0',
    long: { null: '0' },
    status: 2,
    refused: 'iu',
  });
  const end = has('0') ? '\0' : '\n';
  let status = 0;
  if (operands.length === 0) {
    for (const [name, value] of t.context.env) t.out.put(binaryOf(`${name}=${value}`) + end);
  }
  for (const name of operands) {
    const value = t.context.env.get(textOf(name));
    if (value === undefined) status = 1;
    else t.out.put(binaryOf(value) + end);
  }
  yield* t.out.flush();
  return status;
});
