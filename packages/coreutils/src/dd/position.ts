// position.ts — Moves to the first blocks that dd reads and writes: skip= and seek=.
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import { lookupPath } from '@dmsim/vfs';

import { complain, quoteIfNeeded } from '../tool.ts';
import type { Copy } from './copy-state.ts';

/** Applies skip= and seek=. Returns false if the input ends before the end of skip=. */
export function* position(copy: Copy): Task<boolean> {
  const { t, o, input, output } = copy;
  const skip = o.iflag.has('skip_bytes') ? o.skip : o.skip * o.ibs;
  if (skip > 0) {
    const at = input.seek(skip, 'current');
    if (at === 'ESPIPE') yield* discard(copy, skip);
    else if (typeof at === 'string') {
      yield* complain(
        t,
        `dd: ${quoteIfNeeded(o.input ?? 'standard input')}: cannot skip: ${strerror(at)}\n`,
      );
      copy.status = 1;
      return false;
    }
  }
  const seek = o.oflag.has('seek_bytes') ? o.seek : o.seek * o.obs;
  if (seek > 0) {
    const at = output.seek(seek, 'set');
    if (typeof at !== 'string') cutAtSeek(copy, at);
    else {
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

function* discard({ t, input }: Copy, bytes: number): Task<void> {
  for (let left = bytes; left > 0;) {
    const chunk = yield* input.read(t.process, left);
    if (typeof chunk === 'string' || chunk.length === 0) return;
    left -= chunk.length;
  }
}
