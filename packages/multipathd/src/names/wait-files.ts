// wait-files.ts — Limits how long a lone disk may still become a path (find_multipaths smart), by a file for each disk that says when its time is over. Mirrors multipath/main.c: find_multipaths_check_timeout.
import type { Nanos, Task } from '@dmsim/sim';
import { seconds } from '@dmsim/sim';
import type { Vnode } from '@dmsim/vfs';
import { lookupPath, resolvePath } from '@dmsim/vfs';

import type { MultipathHost } from '../host.ts';
import type { Session } from '../session.ts';
import { writeTextFile } from './text-file.ts';

const DIRECTORY = '/run/multipath/find_multipaths';

/** When each of the files says that its time is over. Files have no times of their own here. */
export type WaitFiles = Map<Vnode, Nanos>;

export type Wait =
  /** The time that is left. */
  { readonly kind: 'waiting'; readonly left: Nanos } | { readonly kind: 'over' | 'never' };

/** A disk has gone. */
export function forgetWait({ root }: Pick<MultipathHost, 'root'>, devT: string): void {
  const found = resolvePath(`${DIRECTORY}/${devT}`, { root, cwd: '/' });
  if (typeof found !== 'string' && found.node !== undefined) found.parent.unlink(found.name);
}

/** With a time-out in seconds above zero waiting begins now, if it has not begun before. */
export function* checkWait(session: Session, devT: string, timeout: number): Task<Wait> {
  const { sim, root, waitFiles } = session.host;
  const path = `${DIRECTORY}/${devT}`;
  const find = (): Vnode | undefined => {
    const node = lookupPath(path, { root, cwd: '/' });
    return typeof node === 'string' ? undefined : node;
  };
  if (find() === undefined) {
    if (timeout <= 0) return { kind: 'never' };
    yield* writeTextFile(session, path, '', 0o644);
    const made = find();
    if (made !== undefined) waitFiles.set(made, sim.now + seconds(timeout));
  }
  const file = find();
  const left = (file === undefined ? 0 : (waitFiles.get(file) ?? 0)) - sim.now;
  return left < seconds(1) ? { kind: 'over' } : { kind: 'waiting', left };
}
