// convert.ts — qemu-img convert: images become another one, with the data of their whole chains, or of the top alone.
import { fail, refuse } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { HostFiles } from '@dmsim/qemu';
import { formatQcow2, storeBitmaps } from '@dmsim/qemu';
import type { Errno } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import { bitmapsOf } from './bitmap.ts';
import type { CreateOptions } from './create-options.ts';
import { featuresOf, parseCreateOptions, preallocationOf, refuseQcow2 } from './create-options.ts';
import type { MakeFile } from './create.ts';
import type { ZeroRoom } from './image-data.ts';
import { readAt, writeAt, zeroAt } from './image-data.ts';
import type { ImageFormat } from './image-format.ts';
import { imageFormat } from './image-format.ts';
import type { Image } from './image.ts';
import { openImage, sizeOf } from './image.ts';
import { checkCache, checkRate, imgOptions } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import { ofSnapshot } from './of-snapshot.ts';
import { asksForHelp, listOptions } from './option-help.ts';
import { preallocate } from './preallocate.ts';
import type { Progress } from './progress.ts';
import { beginProgress, endProgress, progress } from './progress.ts';
import type { Run } from './runs.ts';
import { mapRuns } from './runs.ts';
import { CHUNK, parseSize, SECTOR, WRONG_SUFFIX } from './sizes.ts';
import { nextRun } from './sparse-runs.ts';

/** The simulated options; QEMU has more, which are refused by name. */
const SPEC = {
  short: 'f:O:B:CcF:o:l:S:pt:T:qnm:WUr:s',
  long: {
    'image-opts': 'image-opts',
    'target-image-opts': 'target-image-opts',
    'target-is-zero': 'target-is-zero',
    salvage: 'salvage',
    bitmaps: 'bitmaps',
    'skip-broken-bitmaps': 'skip-broken-bitmaps',
    object: 'object:',
  },
};
const FOREIGN = ['s', 'object'];

type Given = ReturnType<typeof imgOptions>;

export function convert(
  t: ImgTool,
  files: HostFiles,
  args: readonly string[],
  make: MakeFile,
): number {
  const given = imgOptions(t, SPEC, args);
  const { has, value } = given;
  if (asksForHelp(textsOf(given)) && !has('n')) return listOptionsOf(t, given);
  refuseForeign(t, given);
  const sparse = sparseSize(t, given);
  checkNumbers(t, given);
  const { paths, to } = namesOf(t, given);
  const isThere = has('n');
  checkPairs(t, given);
  const wanted = wantedOf(t, given, to);
  const hasBacking = wanted.options.has('backing_file');
  const opened = paths.map((path) =>
    openImage(t, files, path, {
      format: value('f') ?? null,
      isOptions: has('image-opts'),
      forceShare: has('U'),
      excludesWriters: true,
    }),
  );
  const snapshot = value('l');
  const sources = snapshot === undefined ? opened : [ofSnapshot(t, opened, textOf(snapshot))];
  if (has('bitmaps')) checkBitmaps(t, sources, wanted);
  const size = sources.reduce((sum, source) => sum + sizeOf(source), 0);
  const { format } = wanted;
  if (!isThere) make(to, contentOf(t, wanted, size), `${to}: error while converting ${format}`);
  const target = openTarget(t, files, { given, to, format });
  const mode = preallocationOf(wanted.options);
  if (mode !== null) preallocate(t, target, { mode });
  if (sizeOf(target) < size) fail(t, 'output file is smaller than input file');
  copyAll(t, {
    sources,
    target,
    onlyTop: hasBacking,
    writesZeroes: !has('target-is-zero') && (isThere || hasBacking),
    writesAll: sparse === 0,
    copiesRanges: has('C'),
    sparse: sparse / SECTOR,
    shown: beginProgress(t, has('p') && !has('q')),
  });
  if (has('bitmaps')) copyBitmaps(sources[0] as Image, target);
  return 0;
}

interface NewTarget {
  readonly given: Given;
  readonly to: string;
  readonly format: ImageFormat;
}

function openTarget(t: ImgTool, files: HostFiles, { given, to, format }: NewTarget): Image {
  if (!given.has('target-image-opts')) return openImage(t, files, to, { format, writes: true });
  return openImage(t, files, to, {
    format: given.value('O') ?? null,
    isOptions: true,
    writes: true,
  });
}

function refuseForeign(t: ImgTool, { has, value }: Given): void {
  const foreign = FOREIGN.find((name) => has(name) || value(name) !== undefined);
  if (foreign !== undefined)
    refuse(t, `qemu-img convert ${foreign.length === 1 ? '-' : '--'}${foreign}`);
}

/** Options that need another one. */
function checkPairs(t: ImgTool, { has }: Given): void {
  if (has('target-image-opts') && !has('n')) fail(t, '--target-image-opts requires use of -n flag');
  if (has('target-is-zero') && !has('n')) fail(t, '--target-is-zero requires use of -n flag');
}

function checkOffloading(t: ImgTool, { has, value }: Given): void {
  if (has('skip-broken-bitmaps') && !has('bitmaps'))
    fail(t, 'Use of --skip-broken-bitmaps requires --bitmaps');
  if (!has('C')) return;
  if (has('c')) fail(t, 'Cannot enable copy offloading when -c is used');
  if (value('S') !== undefined) fail(t, 'Cannot enable copy offloading when -S is used');
  if (has('salvage')) fail(t, 'Cannot use copy offloading in salvaging mode');
}

function checkBitmaps(t: ImgTool, sources: readonly Image[], { format }: Wanted): void {
  if (sources.length > 1) fail(t, 'Copying bitmaps only possible with single source');
  const source = sources[0] as Image;
  if (source.qcow2 === null) fail(t, 'Source lacks bitmap support');
  if (format === 'raw') fail(t, "Format driver 'raw' does not support bitmaps");
  const broken = bitmapsOf(source.qcow2).find(({ inconsistent }) => inconsistent);
  if (broken !== undefined) refuse(t, 'qemu-img convert --bitmaps with bitmaps that are broken');
}

/** Gives the target the source's bitmaps. */
function copyBitmaps({ qcow2: source }: Image, { qcow2: target }: Image): void {
  if (source === null || target === null) return;
  // They are made one by one, the oldest first.
  storeBitmaps(target, bitmapsOf(source).toReversed());
}

/** The shortest run of zeroes that is left out, in bytes; 0 for none at all. */
function sparseSize(t: ImgTool, { value }: Given): number {
  const text = value('S');
  if (text === undefined) return PIECE;
  const size = parseSize(textOf(text));
  if (size === null)
    return fail(t, `Invalid buffer size for sparse output specified. ${WRONG_SUFFIX}`);
  if (size % 512 !== 0 || size > MAX_SPARSE)
    fail(
      t,
      `Invalid buffer size for sparse output specified. Valid sizes are multiples of 512 up to ${MAX_SPARSE}. Select 0 to disable sparse detection (fully allocates output).`,
    );
  return size;
}

const MAX_SPARSE: number = 16 << 20;
const MAX_COROUTINES = 16;

function checkNumbers(t: ImgTool, given: Given): void {
  const { has, value } = given;
  const coroutines = Number(value('m') ?? 1);
  if (!(coroutines >= 1 && coroutines <= MAX_COROUTINES))
    fail(
      t,
      `Invalid number of coroutines. Allowed number of coroutines is between 1 and ${MAX_COROUTINES}`,
    );
  checkRate(t, value('r'));
  checkOffloading(t, given);
  checkCache(t, value('t'), { what: 'cache' });
  checkCache(t, value('T'), { what: 'source cache' });
  if (!has('c')) return;
  if ((value('O') ?? 'raw') === 'raw') fail(t, 'Compression not supported for this file format');
  refuse(t, 'qemu-img convert -c');
}

const listOptionsOf = (t: ImgTool, { value, operands }: Given): number =>
  listOptions(t, value('O') ?? 'raw', operands.length > 1);

function namesOf(
  t: ImgTool,
  { operands }: Given,
): { readonly paths: readonly string[]; readonly to: string } {
  const paths = operands.slice(0, -1).map(textOf);
  const to = operands.at(-1);
  return to === undefined || paths.length === 0
    ? fail(t, 'Must specify image file name')
    : { paths, to: textOf(to) };
}

interface Wanted {
  readonly path: string;
  readonly format: ImageFormat;
  readonly options: CreateOptions;
}

/** What follows each -o. */
const textsOf = ({ given }: Given): string[] =>
  given.filter(([key]) => key === 'o').map(([, text]) => textOf(text));

function wantedOf(t: ImgTool, given: Given, path: string): Wanted {
  const { has, value } = given;
  const texts = textsOf(given);
  if (has('n') && texts.length > 0) fail(t, '-o has no effect when skipping image creation');
  const backing = value('B');
  if (backing !== undefined && value('F') === undefined) fail(t, NO_FORMAT);
  const named = value('O') ?? 'raw';
  const format = imageFormat(t, named, `Unknown file format '${named}'`);
  if (format === 'raw' && backing !== undefined)
    fail(t, "Backing file not supported for file format 'raw'");
  const parsed = parseCreateOptions(format, texts);
  if (typeof parsed === 'string') return fail(t, parsed);
  return { path, format, options: withBacking(t, parsed, given) };
}

const NO_FORMAT = 'Use of backing file requires explicit backing format';

/** Adds what -B and -F say. */
function withBacking(t: ImgTool, parsed: CreateOptions, { value }: Given): CreateOptions {
  const options = new Map(parsed);
  const [backing, backingFormat] = [value('B'), value('F')];
  if (backing !== undefined) options.set('backing_file', textOf(backing));
  if (backingFormat !== undefined) options.set('backing_fmt', textOf(backingFormat));
  if (options.has('backing_file') && !options.has('backing_fmt')) fail(t, NO_FORMAT);
  return options;
}

/** The new image: its bytes, or the size of a hole. */
function contentOf(
  t: ImgTool,
  { path, format, options }: Wanted,
  size: number,
): Uint8Array | number {
  const why = format === 'qcow2' ? refuseQcow2(options) : null;
  if (why !== null) fail(t, `${path}: error while converting ${format}: ${why}`);
  const features = featuresOf(t, options, 'convert');
  if (format === 'raw' && preallocationOf(options) !== null)
    refuse(t, `qemu-img convert -O raw -o preallocation=${options.get('preallocation')}`);
  if (format === 'raw') return size;
  return formatQcow2({
    virtualSize: size,
    ...features,
    backingFile: options.get('backing_file') ?? null,
    backingFormat: options.get('backing_fmt') ?? null,
  });
}

interface CopyAll {
  readonly sources: readonly Image[];
  readonly target: Image;
  /** The image below the source lies below the target, too. */
  readonly onlyTop: boolean;
  /** False for a new image, which reads as zeroes. */
  readonly writesZeroes: boolean;
  /** True: zeroes are data. */
  readonly writesAll: boolean;
  /** True: what the source holds as data is data of the target, whatever it is. */
  readonly copiesRanges: boolean;
  /** The shortest run of zeroes, in sectors, that is left out. */
  readonly sparse: number;
  readonly shown: Progress;
}

function copyAll(t: ImgTool, all: CopyAll): void {
  const { sources, shown } = all;
  const pieces = sources.map((source) => [...piecesOf(all, source)]);
  const whole = pieces.flat().reduce((sum, { bytes, isData }) => sum + (isData ? bytes : 0), 0);
  progress(shown, 0);
  let base = 0;
  let done = 0;
  for (const [i, source] of sources.entries()) {
    for (const piece of pieces[i] ?? []) {
      const error = copyPiece(all, source, { piece, to: base + piece.start });
      if (error !== undefined)
        fail(t, `error while writing at byte ${base + piece.start}: ${strerror(error)}`);
      if (!piece.isData) continue;
      done += piece.bytes;
      progress(shown, (100 * done) / whole - shown.current);
    }
    base += sizeOf(source);
  }
  progress(shown, 100);
  endProgress(shown);
}

interface Piece {
  readonly start: number;
  readonly bytes: number;
  readonly isData: boolean;
}

function* piecesOf({ onlyTop, writesAll }: CopyAll, source: Image): Generator<Piece> {
  const runs = mapRuns(source, 0, sizeOf(source));
  for (const { start, bytes, isData } of stretches(runs, source, onlyTop))
    for (let at = start; at < start + bytes; at += CHUNK)
      yield { start: at, bytes: Math.min(CHUNK, start + bytes - at), isData: isData || writesAll };
}

/** Neighbours of one kind become one. */
function* stretches(runs: readonly Run[], source: Image, onlyTop: boolean): Generator<Piece> {
  let start = 0;
  let end = 0;
  let isData = false;
  for (const { start: at, length, from, zero } of runs) {
    if (onlyTop && from !== source) continue;
    if (zero === isData || end !== at) {
      if (end > start) yield { start, bytes: end - start, isData };
      start = at;
      isData = !zero;
    }
    end = at + length;
  }
  if (end > start) yield { start, bytes: end - start, isData };
}

/** A target that is written as a whole is opened without discards. */
const roomFor = (sparse: number): ZeroRoom => (sparse === 0 ? 'frees' : 'unmaps');

function copyPiece(
  all: CopyAll,
  source: Image,
  { piece, to }: { readonly piece: Piece; readonly to: number },
): Errno | undefined {
  const { start, bytes, isData } = piece;
  const { target, writesZeroes, writesAll, copiesRanges } = all;
  if (!isData) return writesZeroes ? zeroAt(target, to, bytes, roomFor(all.sparse)) : undefined;
  const data = readAt(source, start, bytes);
  return writesAll || copiesRanges ? writeAt(target, to, data) : writeSparsely(all, to, data);
}

const PIECE = 4096;

/** Mirrors convert_co_write: data is written, zeroes only where the target reads otherwise. */
function writeSparsely(
  { target, writesZeroes, sparse }: CopyAll,
  start: number,
  data: Uint8Array,
): Errno | undefined {
  for (let at = 0; at < data.length;) {
    const run = nextRun(data, { at, start, least: sparse });
    const piece = data.subarray(at, at + run.bytes);
    let error: Errno | undefined;
    if (run.isData) error = writeAt(target, start + at, piece);
    else if (writesZeroes) error = zeroAt(target, start + at, piece.length, roomFor(sparse));
    if (error !== undefined) return error;
    at += piece.length;
  }
  return undefined;
}
