// bind-programs.ts — The program table of one machine: shared programs, and those that need their machine.
import type { Program, ProgramTable } from '@dmsim/vfs';

/** Makes a program that works on the machine it is given. */
export type ProgramFactory<M> = (machine: M) => Program;

/**
 * `own` programs hide `shared` ones of the same name. One of `own` is made when it is first looked up, since most labs
 * call a few of them; looking it up again gives the same one.
 */
export function bindPrograms<M>(
  machine: M,
  own: ReadonlyMap<string, ProgramFactory<M>>,
  shared: ReadonlyMap<string, Program>,
): ProgramTable {
  const made = new Map<string, Program>();
  return {
    get(name) {
      const known = made.get(name);
      if (known !== undefined) return known;
      const program = own.get(name)?.(machine) ?? shared.get(name);
      if (program !== undefined) made.set(name, program);
      return program;
    },
    has: (name) => own.has(name) || shared.has(name),
    keys: () => new Set([...own.keys(), ...shared.keys()]),
  };
}
