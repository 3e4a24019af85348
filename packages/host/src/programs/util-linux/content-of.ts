// content-of.ts — What is on a disk: nothing, an ext4 that was made here, or something else.
import type { Tool } from '@dmsim/coreutils';
import { openPath } from '@dmsim/coreutils';
import type { Errno, Task } from '@dmsim/sim';

import type { MadeFileSystem } from '../../ext4/mounts.ts';
import { fileSystemIn } from '../../ext4/mounts.ts';
import type { Machine } from '../../machine.ts';
import type { Content } from './read-signature.ts';
import { probePath } from './read-signature.ts';

const HEAD = 4096;

export function* contentOf(
  t: Tool,
  machine: Machine,
  path: string,
): Task<Content | Errno | MadeFileSystem> {
  const content = yield* probePath(t, machine, path);
  if (content !== 'something') return content;
  const file = yield* openPath(t, path, { read: true, write: false, nonblock: true });
  if (typeof file === 'string') return file;
  const head = yield* file.read(t.process, HEAD);
  t.opened.delete(file);
  yield* file.linger(t.process);
  file.release(t.process);
  return (
    (typeof head === 'string' ? undefined : fileSystemIn(machine.fileSystems, head)) ?? content
  );
}
