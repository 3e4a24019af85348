// fallocate.ts — fallocate(1) of util-linux: gives a file in memory room, or makes a hole in it. Mirrors mm/shmem.c: shmem_fallocate.
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { MemoryFile, Program } from '@dmsim/vfs';
import { isMemoryFile } from '@dmsim/vfs';

import { closeFile } from '../lines.ts';
import { parseSize } from '../numbers.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { lookup, openPath } from '../paths.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { err, tool } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'nl:o:p',
  long: { 'keep-size': 'n', length: 'l:', offset: 'o:', 'punch-hole': 'p' },
  refused: 'cdhivVxz',
  refusedLong: ['collapse-range', 'dig-holes', 'insert-range', 'zero-range', 'posix', 'verbose'],
};

const PAGE = 4096;
/** Larger files would take as much memory of the machine that simulates. */
const MOST_BYTES = 512 * 1024 * 1024;

/** In bytes. */
interface Range {
  readonly start: number;
  readonly end: number;
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const { has } = options;
  const { name, start, length } = requestOf(t, options);
  const file = yield* openPath(t, name, { read: true, write: true, create: !has('p') });
  if (typeof file === 'string') err(t, `cannot open ${name}: ${strerror(file)}`);
  const node = lookup(t, name);
  const end = start + length;
  if (typeof node === 'string' || !isMemoryFile(node) || end > MOST_BYTES)
    return refuse(t, t.args.join(' '));
  // Room beyond the end of a file is not simulated.
  if (has('n') && end > node.size()) refuse(t, t.args.join(' '));
  const failure = has('p') ? node.punch(start, length) : fill(node, { start, end });
  if (failure !== undefined) err(t, `fallocate failed: ${strerror(failure)}`);
  closeFile(t, file);
  return 0;
}

interface Request {
  readonly name: string;
  readonly start: number;
  readonly length: number;
}

function requestOf(t: Tool, options: Options): Request {
  const length = bytesOf(t, options, 'l');
  const start = bytesOf(t, options, 'o') ?? 0;
  const [name, ...rest] = options.operands;
  if (name === undefined) err(t, 'no filename specified');
  if (rest.length > 0) err(t, 'unexpected number of arguments');
  if (length === undefined) err(t, 'no length argument specified');
  return { name, start, length };
}

function bytesOf(t: Tool, { value }: Options, key: 'l' | 'o'): number | undefined {
  const text = value(key);
  if (text === undefined) return undefined;
  const bytes = parseSize(text);
  if (bytes === undefined || bytes < (key === 'l' ? 1 : 0))
    err(t, `invalid ${key === 'l' ? 'length' : 'offset'} value specified`);
  return bytes;
}

/** Fills the holes of a range with zeroes, and makes the file as long. */
function fill(node: MemoryFile, { start, end }: Range): Errno | undefined {
  for (let page = start - (start % PAGE); page < end; page += PAGE) {
    const size = node.size();
    const from = page >= size || node.isHole(page) ? page : Math.max(page, size);
    const to = Math.min(page + PAGE, Math.max(size, end));
    if (from >= to) continue;
    const written = node.writeAt(from, new Uint8Array(to - from));
    if (typeof written === 'string') return written;
    if (written < to - from) return 'ENOSPC';
  }
  return undefined;
}

export const fallocate: Program = tool(main);
