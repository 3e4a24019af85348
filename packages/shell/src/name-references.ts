// name-references.ts — Variables of which some are names for others: `declare -n`. Mirrors bash's variables.c: find_variable_nameref.
import { NotSupported } from '@dmsim/sim';

import type { Shell } from './shell.ts';
import type { Variable } from './variables.ts';
import { createVariable } from './variables.ts';

/** bash follows so many references (NAMEREF_MAX). */
const LONGEST_CHAIN = 8;

/** Reads and writes of a reference reach the variable that it names. A shell without references has a plain Map. */
class Variables extends Map<string, Variable> {
  override get(name: string): Variable | undefined {
    return super.get(this.#named(name));
  }

  override has(name: string): boolean {
    return super.has(this.#named(name));
  }

  override set(name: string, variable: Variable): this {
    return super.set(this.#named(name), variable);
  }

  override delete(name: string): boolean {
    return super.delete(this.#named(name));
  }

  own(name: string): Variable | undefined {
    return super.get(name);
  }

  setOwn(name: string, variable: Variable): void {
    super.set(name, variable);
  }

  deleteOwn(name: string): void {
    super.delete(name);
  }

  #named(name: string): string {
    let at = name;
    for (let i = 0; i < LONGEST_CHAIN; i++) {
      const next = super.get(at)?.reference;
      if (next === undefined) return at;
      at = next;
    }
    return at;
  }
}

/** The variable itself, even if it is a reference. */
export const ownVariable = ({ variables }: Shell, name: string): Variable | undefined =>
  variables instanceof Variables ? variables.own(name) : variables.get(name);

/** Puts a variable, or what a function hid, in its place again. */
export function setOwnVariable(
  { variables }: Shell,
  name: string,
  variable: Variable | undefined,
): void {
  if (!(variables instanceof Variables)) {
    if (variable === undefined) variables.delete(name);
    else variables.set(name, variable);
  } else if (variable === undefined) variables.deleteOwn(name);
  else variables.setOwn(name, variable);
}

/** A copy of the map, for a subshell: `copy` copies each variable. */
export function copyVariables(
  variables: ReadonlyMap<string, Variable>,
  copy: (variable: Variable) => Variable,
): Map<string, Variable> {
  if (!(variables instanceof Variables)) {
    const plain = new Map<string, Variable>();
    for (const [name, variable] of variables) plain.set(name, copy(variable));
    return plain;
  }
  const copies = new Variables();
  for (const [name, variable] of variables) copies.setOwn(name, copy(variable));
  return copies;
}

/** Makes `name` a reference to `target`. */
export function makeReference(shell: Shell, name: string, target: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(target))
    throw new NotSupported(shell.file, shell.line, `declare -n ${name}=${target}`);
  if (leadsTo(shell, target, name))
    throw new NotSupported(shell.file, shell.line, `declare -n ${name}=${target}: a circle`);
  if (!(shell.variables instanceof Variables)) {
    const all = new Variables();
    for (const [known, variable] of shell.variables) all.setOwn(known, variable);
    shell.variables = all;
  }
  setOwnVariable(shell, name, { ...createVariable(), reference: target });
}

/** bash takes some circles, and warns of them each time. */
function leadsTo(shell: Shell, from: string, name: string): boolean {
  let at: string | undefined = from;
  for (let i = 0; at !== undefined && i <= LONGEST_CHAIN; i++) {
    if (at === name) return true;
    at = ownVariable(shell, at)?.reference;
  }
  return at !== undefined;
}
