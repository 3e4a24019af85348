// dd.ts — qemu-img dd: the data of an image, from some block on, into a new one.
import { fail } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { HostFiles } from '@dmsim/qemu';
import { formatQcow2 } from '@dmsim/qemu';
import { strerror } from '@dmsim/sim';

import type { MakeFile } from './create.ts';
import { readAt, writeAt } from './image-data.ts';
import { imageFormat } from './image-format.ts';
import { openImage, sizeOf } from './image.ts';
import { imgOptions } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import { CHUNK, parseSize, SECTOR, WRONG_SUFFIX } from './sizes.ts';

const SPEC = { short: 'f:O:U', long: { 'image-opts': 'image-opts' } };
const DEFAULT_BLOCK = 512;
const MAX_BLOCK = 2 ** 31 - 1;

interface Words {
  readonly source: string;
  readonly target: string;
  readonly block: number;
  readonly count: number;
  readonly skip: number;
}

export function dd(t: ImgTool, files: HostFiles, args: readonly string[], make: MakeFile): number {
  const { has, value, operands } = imgOptions(t, SPEC, args);
  const { source, target, block, count, skip } = parseWords(t, operands.map(textOf));
  const image = openImage(t, files, source, {
    format: value('f') ?? null,
    isOptions: has('image-opts'),
    forceShare: has('U'),
  });
  const format = imageFormat(t, value('O') ?? 'raw', 'Unknown file format');
  const end = Math.min(sizeOf(image), count * block);
  const start = Math.min(end, skip * block);
  const size = end - start;
  const virtualSize = Math.ceil(size / SECTOR) * SECTOR;
  const content = format === 'raw' ? virtualSize : formatQcow2({ virtualSize, backingFile: null });
  make(target, content, `${target}: error while creating output image`);
  if (skip * block > end) fail(t, `${source}: cannot skip to specified offset`, 0);
  const made = openImage(t, files, target, { format, writes: true });
  for (let at = 0; at < size; at += CHUNK) {
    const data = readAt(image, start + at, Math.min(CHUNK, size - at));
    const error = writeAt(made, at, data);
    if (error !== undefined)
      fail(t, `error while writing to output image file: ${strerror(error)}`);
  }
  return 0;
}

function parseWords(t: ImgTool, words: readonly string[]): Words {
  const given = new Map<string, string>();
  for (const word of words) {
    const [name = '', ...rest] = word.split('=');
    if (rest.length === 0 || !['if', 'of', 'bs', 'count', 'skip'].includes(name))
      fail(t, `unrecognized operand ${name}`);
    if (name === 'bs' || name === 'count' || name === 'skip') numberOf(t, name, rest.join('='));
    given.set(name, rest.join('='));
  }
  const number = (name: string, otherwise: number): number => {
    const text = given.get(name);
    return text === undefined ? otherwise : numberOf(t, name, text);
  };
  const source = given.get('if');
  const target = given.get('of');
  if (source === undefined || target === undefined)
    return fail(t, 'Must specify both input and output files');
  return {
    source,
    target,
    block: number('bs', DEFAULT_BLOCK),
    count: number('count', Infinity),
    skip: number('skip', 0),
  };
}

function numberOf(t: ImgTool, name: string, text: string): number {
  const number = parseSize(text);
  if (number === null) return fail(t, `Invalid ${name} specified. ${WRONG_SUFFIX}`);
  if (name === 'bs' && (number < 1 || number > MAX_BLOCK))
    fail(t, `Invalid bs specified. Must be between 1 and ${MAX_BLOCK}.`);
  return number;
}
