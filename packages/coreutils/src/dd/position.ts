// position.ts — Moves to the first blocks that dd reads and writes: skip= and seek=.
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import { lookupPath } from '@dmsim/vfs';

import { complain, quoteIfNeeded } from '../tool.ts';
import type { Copy } from './copy-state.ts';

/** Applies skip= and seek=, from where the files stand. A seek that fails leaves the file at its end. Returns false if the input ends before the end of skip=. */
export function* position(copy: Copy): Task<boolean> {
  const { t, o, input } = copy;
  const skip = o.iflag.has('skip_bytes') ? o.skip : o.skip * o.ibs;
  if (skip > 0) {
    const at = input.seek(skip, 'current');
    if (at === 'ESPIPE' ? yield* discard(copy, skip) : isPastEnd(copy, at)) yield* tooFar(copy);
    if (at === 'ESPIPE') return yield* seekOutput(copy);
    if (typeof at === 'string') {
      input.seek(0, 'end');
      yield* complain(
        t,
        `dd: ${quoteIfNeeded(o.input ?? 'standard input')}: cannot skip: ${strerror(at)}\n`,
      );
      copy.status = 1;
      return false;
    }
  }
  return yield* seekOutput(copy);
}

function* seekOutput(copy: Copy): Task<boolean> {
  const { t, o, output } = copy;
  const seek = o.oflag.has('seek_bytes') ? o.seek : o.seek * o.obs;
  if (seek > 0) {
    const at = output.seek(seek, 'current');
    if (typeof at !== 'string') cutAtSeek(copy, at);
    else {
      output.seek(0, 'end');
      const name = quoteIfNeeded(o.output ?? 'standard output');
      yield* complain(t, `dd: ${name}: cannot seek: ${strerror(at)}\n`);
      copy.status = 1;
      return false;
    }
  }
  return true;
}

/** Truncates a regular output file at the position of seek=, unless conv=notrunc is given. */
function cutAtSeek({ t, o }: Copy, at: number): void {
  if (o.output === null || o.conv.has('notrunc')) return;
  const node = lookupPath(o.output, { root: t.context.root, cwd: t.context.cwd });
  if (typeof node !== 'string' && node.kind === 'file') node.truncate(at);
}

/** The file of a copy that ends in a hole is as long as if the zeros had been written. */
export function growOverHole({ t, output, endsInHole }: Copy): void {
  const at = output.seek(0, 'current');
  if (!endsInHole || typeof at === 'string') return;
  const node = lookupPath(output.path, { root: t.context.root, cwd: t.context.cwd });
  if (typeof node !== 'string' && node.kind === 'file' && node.size() < at) node.truncate(at);
}

/** Past its end there is nothing to read, which is no error. */
function isPastEnd({ t, input }: Copy, at: number | Errno): boolean {
  if (typeof at === 'string') return false;
  const node = lookupPath(input.path, { root: t.context.root, cwd: t.context.cwd });
  return typeof node !== 'string' && node.kind === 'file' && node.size() < at;
}

function* tooFar({ t, o }: Copy): Task<void> {
  const name = quoteIfNeeded(o.input ?? 'standard input');
  if (o.status !== 'none') yield* complain(t, `dd: ${name}: cannot skip to specified offset\n`);
}

/** True if the input ended before. */
function* discard({ t, input }: Copy, bytes: number): Task<boolean> {
  for (let left = bytes; left > 0;) {
    const chunk = yield* input.read(t.process, left);
    if (typeof chunk === 'string' || chunk.length === 0) return true;
    left -= chunk.length;
  }
  return false;
}
