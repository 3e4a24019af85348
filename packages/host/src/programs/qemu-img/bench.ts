// bench.ts — qemu-img bench: so many requests one step after another. They take no time here.
import { fail, refuse } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { HostFiles } from '@dmsim/qemu';
import { strerror, withinLimit } from '@dmsim/sim';

import { readAt, writeAt } from './image-data.ts';
import type { Image } from './image.ts';
import { openImage, sizeOf } from './image.ts';
import { CACHES, imgOptions, TRY } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import { parseSize, WRONG_SUFFIX } from './sizes.ts';

const LONG: Readonly<Record<string, string>> = {
  'flush-interval': 'flush-interval:',
  'force-share': 'U',
  'image-opts': 'image-opts',
  'no-drain': 'no-drain',
  pattern: 'pattern:',
};

const INT_MAX = 2 ** 31 - 1;
const AIO: ReadonlySet<string> = new Set(['threads', 'native', 'io_uring']);

interface Plan {
  readonly writes: boolean;
  readonly count: number;
  readonly depth: number;
  /** Bytes. */
  readonly buffer: number;
  readonly step: number;
  readonly offset: number;
  readonly pattern: number;
  /** 0: no flushes. */
  readonly flushInterval: number;
}

type Given = ReturnType<typeof imgOptions>;

export function bench(t: ImgTool, files: HostFiles, args: readonly string[]): number {
  const given = imgOptions(t, { short: 'c:d:f:ni:o:qs:S:t:wU', long: LONG }, args);
  const { has, value, operands } = given;
  const plan = planOf(t, given);
  const [path, ...rest] = operands;
  if (path === undefined || rest.length > 0) return fail(t, `Expecting one image file name${TRY}`);
  checkPlan(t, plan);
  if (plan.writes && has('U'))
    fail(
      t,
      `Could not open '${textOf(path)}': force-share=on can only be used with read-only images`,
    );
  const image = openImage(t, files, path, {
    format: value('f') ?? null,
    isOptions: has('image-opts'),
    writes: plan.writes,
    forceShare: has('U'),
  });
  if ((has('n') || value('i') === 'native') && value('t') !== 'none')
    fail(
      t,
      `Could not open '${textOf(path)}': aio=native was specified, but it requires cache.direct=on, which was not specified.`,
    );
  t.out.put(announcement(plan));
  sendAll(t, image, plan);
  t.out.put('Run completed in 0.000 seconds.\n');
  return 0;
}

function planOf(t: ImgTool, { has, value }: Given): Plan {
  const number = (name: string, most: number, otherwise: number, what: string): number => {
    const text = value(name);
    if (text === undefined) return otherwise;
    return /^\d+$/u.test(text) && Number(text) <= most
      ? Number(text)
      : fail(t, `Invalid ${what} specified`);
  };
  const aio = value('i');
  if (aio !== undefined && !AIO.has(aio)) fail(t, `Invalid aio option: ${aio}`);
  const mode = value('t');
  if (mode !== undefined && !CACHES.has(mode)) fail(t, 'Invalid cache mode');
  const buffer = sizeArg(t, value('s'), { what: 'buffer size', otherwise: 4096 });
  return {
    writes: has('w'),
    count: number('c', INT_MAX, 75_000, 'request count'),
    depth: number('d', INT_MAX, 64, 'queue depth'),
    buffer,
    step: sizeArg(t, value('S'), { what: 'step size', otherwise: 0 }) || buffer,
    offset: sizeArg(t, value('o'), { what: 'offset', otherwise: 0, most: Infinity }),
    pattern: number('pattern', 0xff, 0, 'pattern byte'),
    flushInterval: number('flush-interval', INT_MAX, 0, 'flush interval'),
  };
}

interface SizeArg {
  readonly what: string;
  readonly otherwise: number;
  readonly most?: number;
}

function sizeArg(
  t: ImgTool,
  text: string | undefined,
  { what, otherwise, most = INT_MAX }: SizeArg,
): number {
  if (text === undefined) return otherwise;
  const size = parseSize(textOf(text));
  if (size === null) return fail(t, `Invalid ${what} specified. ${WRONG_SUFFIX}`);
  return size <= most ? size : fail(t, `Invalid ${what} specified. Must be between 0 and ${most}.`);
}

function checkPlan(t: ImgTool, { writes, depth, flushInterval }: Plan): void {
  // QEMU then waits for ever.
  if (depth === 0) refuse(t, 'qemu-img bench -d 0');
  if (flushInterval > 0 && !writes) fail(t, '--flush-interval is only available in write tests');
  if (flushInterval > 0 && flushInterval < depth)
    fail(t, "Flush interval can't be smaller than depth");
}

function announcement({ writes, count, buffer, depth, offset, step, flushInterval }: Plan): string {
  const kind = writes ? 'write' : 'read';
  const flushes = flushInterval > 0 ? `Sending flush every ${flushInterval} requests\n` : '';
  return `Sending ${count} ${kind} requests, ${buffer} bytes each, ${depth} in parallel (starting at offset ${offset}, step size ${step})\n${flushes}`;
}

/** After the last place where a request fits, the next one begins at the front again. */
function sendAll(
  t: ImgTool,
  image: Image,
  { writes, count, buffer, step, offset, pattern }: Plan,
): void {
  if (buffer === 0) return;
  withinLimit(t.process.sim.limits, 'requestBytes', buffer);
  const size = sizeOf(image);
  const data = new Uint8Array(buffer).fill(pattern);
  let at = offset;
  for (let i = 0; i < count; i++) {
    if (at + buffer > size) fail(t, `Failed request: ${strerror('EIO')}`);
    const errno = writes ? writeAt(image, at, data) : void readAt(image, at, buffer);
    if (errno !== undefined) fail(t, `Failed request: ${strerror(errno)}`);
    at = size <= buffer ? 0 : (at + step) % (size - buffer);
  }
}
