// unsimulated.ts — What Linux has and this machine has not: whoever uses it ends the lab by its name.
import { textOf } from '@dmsim/libc';
import { NotSupported } from '@dmsim/sim';
import type { Directory, Program, RegularFile } from '@dmsim/vfs';

/** `MESSAGE`, as it is printed. */
function refusal(what: string, message: string): NotSupported {
  const error = new NotSupported(what, 0, what);
  error.message = message;
  return error;
}

/** A program of Debian's that is not here. */
export const unsimulatedProgram =
  (name: string, packageName: string): Program =>
  ({ argv }) => {
    const call = argv.map(textOf).join(' ');
    throw refusal(name, `${name}: not supported: \`${call}' (a program of ${packageName})`);
  };

/** A call of a program that is simulated in part; `why` says what is missing. */
export function refuseCall(argv: readonly string[], why: string): never {
  const call = argv.map(textOf).join(' ');
  throw refusal(argv[0] ?? '', `${argv[0]}: not supported: \`${call}' (${why})`);
}

const refusePath = (path: string): never => {
  throw refusal(path, `${path}: not supported: the kernel has it, and it is not simulated`);
};

/** A file that can be seen, and neither read nor written. */
export const unsimulatedFile = (path: string): RegularFile => ({
  kind: 'file',
  mode: 0o644,
  size: () => 0,
  open: () => refusePath(path),
  truncate: () => refusePath(path),
});

/** A directory that can be seen, and not be looked into. */
export const unsimulatedDirectory = (path: string): Directory => ({
  kind: 'directory',
  mode: 0o755,
  entries: () => refusePath(path),
  lookup: () => refusePath(path),
  link: () => refusePath(path),
  unlink: () => refusePath(path),
});
