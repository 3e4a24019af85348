// open-path.ts — open(2): finds or makes the node, and opens it. Mirrors fs/namei.c: do_filp_open.
import type { Errno, Process, Task } from '@dmsim/sim';
import { touchDevices } from '@dmsim/sim';

import { createOpenFile } from './create-open-file.ts';
import type { OpenFile, OpenFlags } from './open-file.ts';
import type { Resolved } from './path.ts';
import { resolvePath } from './path.ts';
import { ready } from './ready.ts';
import { createFile } from './tmpfs.ts';
import type { Directory } from './vnode.ts';

/** The root, directory and files that paths are resolved against. Every `ProgramContext` is one. */
export interface OpenContext {
  readonly process: Process;
  readonly root: Directory;
  readonly cwd: string;
  /** For /dev/stdin, /dev/stdout, /dev/stderr and /dev/fd/N. */
  readonly fds?: ReadonlyMap<number, OpenFile>;
}

/** Opens `path`. The caller must release the file. A file that the call creates has the mode of `flags` without what the process's umask takes. */
export function openPath(
  context: OpenContext,
  path: string,
  flags: OpenFlags,
): Task<OpenFile | Errno> {
  const own = ownDescriptor(context.root, path);
  if (own !== undefined && context.fds !== undefined) return ready(dup(context.fds, own));
  const resolved = resolvePath(path, context);
  if (typeof resolved === 'string') return ready(resolved);
  const { node } = resolved;
  if (node === undefined) return openNew(context, path, flags, resolved);
  if (flags.directory === true && node.kind !== 'directory') return ready('ENOTDIR');
  if (flags.create === true && flags.exclusive === true) return ready('EEXIST');
  switch (node.kind) {
    case 'directory':
      return ready(flags.write ? 'EISDIR' : openDirectory(path, flags));
    case 'symlink':
      return ready('ELOOP');
    case 'block':
    case 'character':
      touchDevices(context.process.sim);
      return node.open(context.process, path, flags);
    case 'fifo':
    case 'file':
      return node.open(context.process, path, flags);
  }
}

const STANDARD: Readonly<Record<string, number | undefined>> = { stdin: 0, stdout: 1, stderr: 2 };

/**
 * The descriptor that `path` names: `/dev/fd/N`, `/dev/stdin` and the other two. They are links into /proc, which
 * init makes, or a script: elsewhere they are not there.
 */
export function ownDescriptor(root: Directory, path: string): number | undefined {
  if (!path.startsWith('/dev/')) return undefined;
  const [, name = '', digits] = /^\/dev\/(?:(std(?:in|out|err))|fd\/(\d+))$/.exec(path) ?? [];
  const fd = digits === undefined ? STANDARD[name] : Number(digits);
  if (fd === undefined) return undefined;
  const dev = root.lookup('dev');
  const link =
    dev?.kind === 'directory' ? dev.lookup(digits === undefined ? name : 'fd') : undefined;
  return link?.kind === 'symlink' ? fd : undefined;
}

function dup(fds: ReadonlyMap<number, OpenFile>, fd: number): OpenFile | Errno {
  const file = fds.get(fd);
  if (file === undefined) return 'ENOENT';
  file.retain();
  return file;
}

function openNew(
  context: OpenContext,
  path: string,
  flags: OpenFlags,
  { parent, name }: Resolved,
): Task<OpenFile | Errno> {
  if (flags.create !== true) return ready('ENOENT');
  if (path.endsWith('/')) return ready('EISDIR');
  if (parent.startWrite !== undefined) return createLater(context, path, flags, { parent, name });
  const file = createFile('', modeOf(context, flags));
  const error = parent.link(name, file);
  if (error !== undefined) return ready(error);
  return file.open(context.process, path, flags);
}

const modeOf = ({ process }: OpenContext, { mode = 0o666 }: OpenFlags): number =>
  mode & ~process.umask;

/** The file may be there when the file system takes changes again. */
function* createLater(
  context: OpenContext,
  path: string,
  flags: OpenFlags,
  { parent, name }: Pick<Resolved, 'parent' | 'name'>,
): Task<OpenFile | Errno> {
  yield* parent.startWrite?.() ?? ready(undefined);
  const before = parent.lookup(name);
  if (before?.kind === 'file') return yield* before.open(context.process, path, flags);
  const file = createFile('', modeOf(context, flags));
  const error = parent.link(name, file);
  if (error === undefined) return yield* file.open(context.process, path, flags);
  // Errors are reported before the call ends.
  yield* parent.startWrite?.() ?? ready(undefined);
  return error;
}

function openDirectory(path: string, flags: OpenFlags): OpenFile {
  return createOpenFile(path, flags, {
    read: () => ready('EISDIR'),
    sync: () => ready(undefined),
  });
}
