// all-variables.ts — All variables and functions, as `set` and `declare` list them. Mirrors bash's builtins/setattr.def: show_all_var_attributes.
import { declaration, pairsText } from './declaration.ts';
import { ansiQuote, hasControl, needsQuotes, singleQuote } from './expand/quote.ts';
import { ownVariables } from './own-variables.ts';
import { functionText } from './run/command-text.ts';
import type { Shell } from './shell.ts';
import type { Value, Variable } from './variables.ts';

type Named = readonly [name: string, variable: Variable];

const byName = ([a]: Named, [b]: Named): number => (a < b ? -1 : 1);

function allVariables(shell: Shell): Named[] {
  return [...shell.variables, ...ownVariables(shell)].toSorted(byName);
}

/** The commands that make the variables anew, of those with one of the attributes. */
export const declarationsOf = (shell: Shell, wanted: (variable: Variable) => boolean): string =>
  allVariables(shell)
    .filter(([, variable]) => wanted(variable))
    .map(([name, variable]) => declaration(name, variable))
    .join('');

/** The variables of the function that runs. */
export function localDeclarations({ frames, variables }: Shell): string {
  const names = [...(frames.at(-1)?.hidden.keys() ?? [])].toSorted();
  return names
    .map((name) => {
      const variable = variables.get(name);
      return variable === undefined ? '' : declaration(name, variable);
    })
    .join('');
}

/** The output of `set`: the variables that have a value, and the functions. */
export function variablesText(shell: Shell): string {
  const lines = allVariables(shell).map(([name, variable]) => {
    const value = variable.reference ?? variable.value;
    if (value === undefined || variable.unassigned) return '';
    return `${name}=${valueText(value)}\n`;
  });
  const functions = [...shell.functions.values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((known) => `${functionText(known)}\n`);
  return [...lines, ...functions].join('');
}

function valueText(value: NonNullable<Value>): string {
  if (typeof value !== 'string') return pairsText(value);
  if (hasControl(value)) return ansiQuote(value);
  return needsQuotes(value) ? singleQuote(value) : value;
}
