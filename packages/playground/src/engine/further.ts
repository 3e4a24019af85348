// further.ts — Programs whose file follows the engine's. A run that calls one before its file is there is made again with it.
import type { Program } from '@dmsim/vfs';

/** Ends a run: the page has to load the further programs first. */
export class FurtherWanted extends Error {
  override readonly name = 'FurtherWanted';
}

/** A program, or the function that makes one. */
type Further = (given: never) => ReturnType<Program> | Program;

/** The engine's files set these, as the build wants them to (build/further-programs.ts). */
interface Files {
  readonly furtherFile: string;
  readonly furtherPrograms?: Readonly<Record<string, Further>>;
}

const files = globalThis as unknown as Files;

/** The name of the file with the further programs, beside the engine's. */
export const furtherFile = (): string => files.furtherFile;

/**
 * Throws `FurtherWanted` until the file is there.
 * @public The stand-ins that the build makes call it.
 */
export function furtherProgram(name: string): Further {
  const program = files.furtherPrograms?.[name];
  if (program === undefined) throw new FurtherWanted(name);
  return program;
}
