// resize.ts — qemu-img resize: another size of an image.
import { fail, refuse } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { HostFiles } from '@dmsim/qemu';
import { growImage, punchFreed, shrinkImage } from '@dmsim/qemu';

import { NO_SIZE } from './create-options.ts';
import type { Image } from './image.ts';
import { openImage, sizeOf } from './image.ts';
import { imgOptions, TRY } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import { preallocate } from './preallocate.ts';
import { parseSize } from './sizes.ts';

const SPEC = {
  short: 'qf:',
  long: {
    shrink: 'shrink',
    preallocation: 'preallocation:',
    'image-opts': 'image-opts',
    object: 'object:',
  },
};

export function resize(t: ImgTool, files: HostFiles, args: readonly string[]): number {
  if (args.length < 2) fail(t, `Not enough arguments${TRY}`);
  // The size is taken away first, so that `-1M` is no option.
  const text = textOf(args.at(-1) ?? '');
  const { has, value, operands } = imgOptions(t, SPEC, args.slice(0, -1));
  const preallocation = value('preallocation') ?? 'off';
  if (!/^(?:off|metadata|falloc|full)$/u.test(preallocation))
    fail(t, `Invalid preallocation mode '${preallocation}'`);
  if (value('object') !== undefined) refuse(t, 'qemu-img --object');
  const [path] = operands.map(textOf);
  if (path === undefined) fail(t, `Expecting image file name and size${TRY}`);
  const amount = amountOf(t, text);
  const image = openImage(t, files, path, {
    format: value('f') ?? null,
    isOptions: has('image-opts'),
    writes: true,
    resizes: true,
  });
  const size = sizeWanted(text, sizeOf(image), amount);
  checkSize(t, { size, old: sizeOf(image), mayShrink: has('shrink'), preallocation });
  const old = sizeOf(image);
  setSize(t, image, size);
  if (preallocation !== 'off') preallocateFrom(t, image, { old, preallocation });
  if (!has('q')) t.out.put('Image resized.\n');
  return 0;
}

const sizeWanted = (text: string, old: number, amount: number): number =>
  text.startsWith('+') ? old + amount : text.startsWith('-') ? old - amount : amount;

interface Resize {
  readonly size: number;
  readonly old: number;
  readonly mayShrink: boolean;
  readonly preallocation: string;
}

function checkSize(t: ImgTool, { size, old, mayShrink, preallocation }: Resize): void {
  if (size <= 0 || size >= 2 ** 63) fail(t, 'New image size must be positive');
  if (size <= old && preallocation !== 'off')
    fail(t, 'Preallocation can only be used for growing images');
  if (size < old && !mayShrink) fail(t, NO_SHRINK);
}

/** Gives what an image has grown by its place in the file. */
function preallocateFrom(
  t: ImgTool,
  image: Image,
  { old, preallocation }: Pick<Resize, 'old' | 'preallocation'>,
): void {
  const { qcow2, file } = image;
  const isWhole = qcow2 !== null && old % qcow2.clusterSize === 0;
  if (isWhole && preallocation === 'metadata')
    preallocate(t, image, { mode: 'metadata', from: old / qcow2.clusterSize });
  else if (qcow2 === null && preallocation === 'full')
    file.writeAt(old, new Uint8Array(sizeOf(image) - old));
  else refuse(t, `qemu-img resize --preallocation=${preallocation} of this image`);
}

const NO_SHRINK = `Use the --shrink option to perform a shrink operation.\nqemu-img: warning: Shrinking an image will delete all data beyond the shrunken image's end. Before performing such an operation, make sure there is no important data there.`;

/** `2M`, or by how much the size changes: `+1M`, `-1M`. */
function amountOf(t: ImgTool, text: string): number {
  const amount = parseSize(text.replace(/^[+-]/u, ''));
  if (amount === null) return fail(t, NO_SIZE('size'));
  return amount < 2 ** 64
    ? amount
    : fail(t, `Value '${text.replace(/^[+-]/u, '')}' is out of range for parameter 'size'`);
}

/** Makes the disk larger or smaller. */
export function setSize(
  t: ImgTool,
  { qcow2, file }: Pick<Image, 'file' | 'qcow2'>,
  size: number,
): void {
  if (qcow2 === null) {
    file.truncate(size);
    return;
  }
  if (size % 512 !== 0) fail(t, 'The new size must be a multiple of 512');
  if (size < qcow2.virtualSize) punchFreed(qcow2, shrinkImage(qcow2, size));
  const why = growImage(qcow2, size);
  if (why !== null) refuse(t, `qemu-img resize: ${why}`);
}
