// unsimulated.ts — Stands for things that Linux has and this machine lacks. Using one ends the lab with its name.
import { textOf } from '@dmsim/libc';
import { NotSupported } from '@dmsim/sim';
import type { Directory, Program, RegularFile } from '@dmsim/vfs';

/** An error that is printed as `message`, without more words. */
function refusal(what: string, message: string): NotSupported {
  const error = new NotSupported(what, 0, what);
  error.message = message;
  return error;
}

/** A program of Debian that is not simulated. */
export const unsimulatedProgram =
  (name: string, packageName: string): Program =>
  ({ argv }) => {
    const call = argv.map(textOf).join(' ');
    throw refusal(name, `${name}: not supported: \`${call}' (a program of ${packageName})`);
  };

/** Refuses a call of a program that is simulated in part. `why` says what is missing. */
export function refuseCall(argv: readonly string[], why: string): never {
  const call = argv.map(textOf).join(' ');
  throw refusal(argv[0] ?? '', `${argv[0]}: not supported: \`${call}' (${why})`);
}

const refusePath = (path: string): never => {
  throw refusal(path, `${path}: not supported: the kernel has it, and it is not simulated`);
};

/** A file that a directory lists, and that ends the lab when it is opened. */
export const unsimulatedFile = (path: string): RegularFile => ({
  kind: 'file',
  mode: 0o644,
  size: () => 0,
  open: () => refusePath(path),
  truncate: () => refusePath(path),
});

/** A directory that is listed, and that ends the lab when it is looked into. */
export const unsimulatedDirectory = (path: string): Directory => ({
  kind: 'directory',
  mode: 0o755,
  entries: () => refusePath(path),
  lookup: () => refusePath(path),
  link: () => refusePath(path),
  unlink: () => refusePath(path),
});
