// convert.ts — qemu-img convert: an image becomes another one, with the data of its whole chain.
import { fail, refuse } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { HostFiles } from '@dmsim/qemu';
import { formatQcow2 } from '@dmsim/qemu';
import { strerror } from '@dmsim/sim';

import type { MakeFile } from './create.ts';
import type { Image } from './image.ts';
import { extents, isZero, openImage, readAt, sizeOf, writeAt } from './image.ts';
import { imgOptions } from './img-options.ts';

/** The simulated options; QEMU has more, which are refused by name. */
const SPEC = { short: 'hf:O:B:CcF:o:l:S:pt:T:qnm:WUr:s' };
const FOREIGN = ['B', 'C', 'c', 'F', 'o', 'l', 'S', 'm', 'W', 'n', 'r', 's'];

/** The most that is written at once. */
const CHUNK: number = 1 << 20;

export function convert(
  t: Tool,
  files: HostFiles,
  args: readonly string[],
  make: MakeFile,
): number {
  const { has, value, operands } = imgOptions(t, SPEC, args);
  const foreign = FOREIGN.find((letter) => has(letter) || value(letter) !== undefined);
  if (foreign !== undefined) refuse(t, `qemu-img convert -${foreign}`);
  const [from, to, ...more] = operands.map(textOf);
  if (from === undefined || to === undefined) return fail(t, 'Must specify image file name');
  if (more.length > 0) refuse(t, 'qemu-img convert of several images');
  const format = value('O') ?? 'raw';
  const source = openImage(t, files, from, { format: value('f') ?? null });
  if (format !== 'raw' && format !== 'qcow2') fail(t, `Unknown file format '${format}'`);
  const size = sizeOf(source);
  make(to, format === 'raw' ? size : formatQcow2({ virtualSize: size, backingFile: null }));
  copy(t, source, openImage(t, files, to, { format }));
  return 0;
}

/** Zeroes are left out: a new image reads as zeroes. */
function copy(t: Tool, source: Image, target: Image): void {
  for (const { image, start, length } of extents(source, 0, sizeOf(source))) {
    if (image === null) continue;
    for (let at = start; at < start + length; at += CHUNK) {
      const data = readAt(source, at, Math.min(CHUNK, start + length - at));
      const error = isZero(data) ? undefined : writeSparsely(target, at, data);
      if (error !== undefined) fail(t, `error while writing at byte ${at}: ${strerror(error)}`);
    }
  }
}

/** The shortest run of zeroes that qemu-img leaves out: 4 KiB. */
const PIECE = 4096;

function writeSparsely(target: Image, start: number, data: Uint8Array): ReturnType<typeof writeAt> {
  for (let at = 0; at < data.length; at += PIECE) {
    const piece = data.subarray(at, at + PIECE);
    const error = isZero(piece) ? undefined : writeAt(target, start + at, piece);
    if (error !== undefined) return error;
  }
  return undefined;
}
