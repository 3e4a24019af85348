// exported-functions.ts — Functions in the environment, where `bash -c` finds them. Mirrors bash's variables.c: make_func_export_array.
import { fromBytesText, toBytesText } from '@dmsim/libc';
import { NotSupported } from '@dmsim/sim';

import type { Shell } from '../shell.ts';
import type { FunctionCommand } from '../syntax/ir.ts';
import { parseScript } from '../syntax/parse-lab.ts';
import { inHashOrder } from '../variables.ts';
import { functionText } from './command-text.ts';

/** Of bash's table of functions, whose order the environment has. */
const BUCKETS = 512;

const PREFIX = 'BASH_FUNC_';
const SUFFIX = '%%';

/** Adds the exported functions to the environment of a program. */
export function exportFunctions(shell: Shell, env: Map<string, string>): void {
  let some = false;
  for (const { attributes } of shell.functions.values()) some ||= attributes.includes('x');
  if (!some) return;
  for (const name of inHashOrder(shell.functions, BUCKETS)) {
    const known = shell.functions.get(name);
    if (known?.attributes.includes('x') !== true) continue;
    known.environmentText ??= environmentText(shell, known);
    env.set(PREFIX + known.name + SUFFIX, fromBytesText(known.environmentText));
  }
}

/** Defines the functions of the environment with which a shell starts. */
export function importFunctions(shell: Shell, env: ReadonlyMap<string, string>): void {
  for (const [key, value] of env) {
    if (!key.startsWith(PREFIX) || !key.endsWith(SUFFIX)) continue;
    if (!value.startsWith('() {')) continue;
    const name = key.slice(PREFIX.length, -SUFFIX.length);
    const text = toBytesText(value);
    const found = definition(shell, name, text);
    if (found === undefined)
      throw new NotSupported(shell.file, 0, `the function ${name} of the environment`);
    const source = 'environment';
    shell.functions.set(name, { ...found, source, attributes: 'x', environmentText: text });
  }
}

/** The function as its definition stands in the environment; bash counts its lines from 0. */
function definition(shell: Shell, name: string, text: string): FunctionCommand | undefined {
  const { limits } = shell.sim;
  const options = { name: 'environment', firstLine: 0, limits, extglob: true };
  const { statements, notes } = parseScript(`${name} ${text}`, options);
  const command = statements.length === 1 ? statements[0]?.command : undefined;
  return notes.length === 0 && command?.kind === 'function' ? command : undefined;
}

/** The value of its variable: as `declare -f` prints it, but each line is indented by one blank. */
export function environmentText(shell: Shell, known: FunctionCommand): string {
  const [, , ...lines] = functionText(known).split('\n');
  const text = `() { ${lines.map((line) => line.replace(/^ +/, ' ')).join('\n')}`;
  const again = definition(shell, known.name, text);
  // A part with lines of its own, such as a here-document, is not printed as it was.
  if (again === undefined || text.includes('<<EOF') || functionText(again) !== functionText(known))
    throw new NotSupported(shell.file, shell.line, `export -f ${known.name}: parts of its text`);
  return text;
}
