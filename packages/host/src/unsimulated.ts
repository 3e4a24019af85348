// unsimulated.ts — Stands for things that Linux has and this machine lacks. Using one ends the lab with its name.
import { textOf } from '@dmsim/libc';
import { NotSupported } from '@dmsim/sim';
import type { DeviceNode, Directory, Program, RegularFile, Symlink } from '@dmsim/vfs';

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

/** For what a lab reads or writes of a file that is simulated in part. */
export function refusePath(path: string): never {
  throw refusal(path, `${path}: not supported: the kernel has it, and it is not simulated`);
}

/** For a file or directory that a Debian has. */
export function refuseOfDebian(path: string): never {
  throw refusal(path, `${path}: not supported: Debian has it, and it is not simulated`);
}

type Refuse = (path: string) => never;

const fileThat = (refuse: Refuse, path: string): RegularFile => ({
  kind: 'file',
  mode: 0o644,
  size: () => 0,
  open: () => refuse(path),
  truncate: () => refuse(path),
});

const directoryThat = (refuse: Refuse, path: string): Directory => ({
  kind: 'directory',
  mode: 0o755,
  entries: () => refuse(path),
  lookup: () => refuse(path),
  link: () => refuse(path),
  unlink: () => refuse(path),
});

/** A file that a directory lists, and that ends the lab when it is opened. */
export const unsimulatedFile = (path: string): RegularFile => fileThat(refusePath, path);

/** A directory that is listed, and that ends the lab when it is looked into. */
export const unsimulatedDirectory = (path: string): Directory => directoryThat(refusePath, path);

/** The same for files and directories that do not come from the kernel. */
export const fileOfDebian = (path: string): RegularFile => fileThat(refuseOfDebian, path);
export const directoryOfDebian = (path: string): Directory => directoryThat(refuseOfDebian, path);

/** A node that ends the lab when it is opened. */
export const unsimulatedDevice = (path: string, major: number, minor: number): DeviceNode => ({
  kind: 'character',
  mode: 0o600,
  major,
  minor,
  open: () => refusePath(path),
});

/** A link that ends the lab when it is followed. */
export const unsimulatedLink = (path: string): Symlink => new UnsimulatedLink(path);

class UnsimulatedLink implements Symlink {
  readonly kind = 'symlink';
  readonly mode = 0o777;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  get target(): string {
    return refusePath(this.#path);
  }
}
