// image.ts — A disk image and what lies below it, opened by no VM: what qemu-img and qemu-io read and write.
import { fail, refuse } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { DirtyBitmap, HostFile, HostFiles, Json, Qcow2Image } from '@dmsim/qemu';
import {
  besideFile,
  loadBitmap,
  markInUse,
  keepsTables,
  parseQcow2,
  storeBitmaps,
  storedBitmaps,
} from '@dmsim/qemu';

import type { ImageFormat } from './image-format.ts';
import { checkForeign } from './image-format.ts';
import { headerOf } from './image-header.ts';
import type { FileLock, Intent } from './image-locks.ts';
import { claimChain, lockFile } from './image-locks.ts';
import type { ImgTool } from './img-tool.ts';
import { note } from './img-tool.ts';
import type { NamedFile } from './node-options.ts';
import { childOf, fileAt, fileOfOptions } from './node-options.ts';
import { SECTOR } from './sizes.ts';

export interface Image {
  /** As it was named. */
  readonly path: string;
  readonly format: ImageFormat;
  readonly file: HostFile;
  /** Null: raw. */
  readonly qcow2: Qcow2Image | null;
  readonly backing: Image | null;
  readonly lock: FileLock;
  /** The bitmaps that record what is written, the newest first. */
  readonly bitmaps: DirtyBitmap[];
  /** Whether its file is asked where holes are (`isPreallocated`); null until that is looked at, which QEMU does once. */
  preallocated: boolean | null;
}

/** The size of the disk. A raw file that ends within a sector counts as if it went on to its end. */
export const sizeOf = ({ file, qcow2 }: Image): number =>
  qcow2?.virtualSize ?? Math.ceil(file.size() / SECTOR) * SECTOR;

export interface OpenImage extends Intent {
  /** Null: what the file's first bytes say. */
  readonly format: string | null;
  /** How a failure begins; `qemu-img: Could not open 'X'` without. */
  readonly failing?: string;
  /** True: the chain below is not looked at. @defaultValue false */
  readonly alone?: boolean;
  /** The exit status of a failure. @defaultValue 1 */
  readonly status?: number;
  /** True: the options of a node stand in the place of the path. */
  readonly isOptions?: boolean;
}

export const READ_WRITE_SHARED = 'force-share=on can only be used with read-only images';

const probedRaw = (name: string): string =>
  `WARNING: Image format was not specified for '${name}' and probing guessed raw.
         Automatically detecting the format is dangerous for raw images, write operations on block 0 will be restricted.
         Specify the 'raw' format explicitly to remove the restrictions.
`;

/** Opens the image and its chain, or ends the program with QEMU's words. */
export function openImage(t: ImgTool, files: HostFiles, path: string, options: OpenImage): Image {
  const name = textOf(path);
  const failing = options.failing ?? `Could not open '${name}'`;
  if (options.isOptions === true && options.format !== null)
    fail(t, '--image-opts and --format are mutually exclusive');
  const image = openChain(t, files, name, options);
  const why = typeof image === 'string' ? image : claimChain(image, options);
  if (typeof image === 'string' || why !== null)
    return fail(t, `${failing}: ${why ?? ''}`, options.status ?? 1);
  // It is said to be dangerous to write to a raw image that was not named one.
  if (options.writes === true && image.qcow2 === null && isProbed(name, options))
    note(t, probedRaw(image.path));
  return image;
}

const isProbed = (name: string, { format, isOptions = false }: OpenImage): boolean =>
  format === null && !isOptions && !name.startsWith('json:');

interface OpenInChain extends OpenImage {
  /** The files of the images above. */
  readonly above?: readonly string[];
}

/** A string is what went wrong. */
function openChain(
  t: ImgTool,
  files: HostFiles,
  path: string,
  { format, alone = false, isOptions = false, above = [], ...intent }: OpenInChain,
): Image | string {
  if (format !== null && format !== 'raw' && format !== 'qcow2')
    return checkForeign(t, format, `Unknown driver '${format}'`);
  const named = isOptions ? fileOfOptions(t, files, path) : fileAt(t, files, path);
  if (typeof named === 'string') return named;
  if (above.includes(named.file.path)) return inUse(t, path, intent.writes === true);
  const opened = { ...named, format: format ?? named.format };
  return openNamed(t, files, opened, {
    ...intent,
    alone,
    above: [...above, named.file.path],
  });
}

/** An image that rests on itself is locked by the program that opens it. */
const inUse = (t: ImgTool, path: string, writes: boolean): string =>
  writes
    ? `Failed to get shared "write" lock\nIs another process using the image [${path}]?`
    : refuse(t, `a chain without end (${path})`);

type InChain = Intent & Pick<OpenInChain, 'alone' | 'above'>;

function openNamed(
  t: ImgTool,
  files: HostFiles,
  { file, name, format, backing }: NamedFile,
  { alone, ...rest }: InChain,
): Image | string {
  const probed = format ?? (parseQcow2(file) === null ? 'raw' : 'qcow2');
  const lock = lockFile(t, { file, format: probed === 'raw' ? 'raw' : 'qcow2', intent: rest });
  if (typeof lock === 'string') return lock;
  const parsed = format === 'raw' ? null : headerOf(t, file, rest);
  if (typeof parsed === 'string') return parsed;
  if (parsed === null)
    return format === 'qcow2'
      ? 'Image is not in qcow2 format'
      : {
          path: name,
          format: 'raw',
          file,
          qcow2: null,
          backing: null,
          lock,
          bitmaps: [],
          preallocated: null,
        };
  refuseKept(t, file, rest);
  const below =
    alone === true ? null : openBelow(t, files, { path: name, image: parsed, backing }, rest);
  if (typeof below === 'string') return `Could not open backing file: ${below}`;
  return {
    preallocated: null,
    path: name,
    format: 'qcow2',
    file,
    qcow2: parsed,
    backing: below,
    lock,
    bitmaps: [],
  };
}

/** Another program sees an image that QEMU has open as it was when QEMU last wrote its tables. */
function refuseKept(t: ImgTool, { locks, path }: HostFile, intent: Intent): void {
  if (intent.forceShare === true && intent.looksOnly !== true && keepsTables(locks))
    refuse(t, `qemu-img -U of an image of which QEMU still keeps tables in memory (${path})`);
}

interface Above {
  readonly path: string;
  readonly image: Qcow2Image;
  /** The backing node in the options; undefined: they name none. */
  readonly backing: Json | undefined;
}

function openBelow(
  t: ImgTool,
  files: HostFiles,
  { path, image, backing }: Above,
  given: InChain,
): Image | string | null {
  if (backing === '')
    note(
      t,
      `${t.name}: warning: Use of "backing": "" is deprecated; use "backing": null instead\n`,
    );
  if (backing === null || backing === '') return null;
  // Nobody writes to what lies below an image.
  const rest = { ...given, writes: false };
  if (backing !== undefined) {
    const named = childOf(t, files, backing);
    return typeof named === 'string' ? named : openNamed(t, files, named, rest);
  }
  const { backingFile, backingFormat } = image;
  if (backingFile === null) return null;
  return openChain(t, files, besideFile(path, backingFile), {
    format: backingFormat,
    ...rest,
  });
}

/** Loads the bitmaps of an image that is written from now on; the image says meanwhile that they are in use. */
export function openBitmaps({ qcow2, bitmaps }: Image): void {
  if (qcow2 === null || qcow2.bitmaps === null) return;
  for (const stored of storedBitmaps(qcow2)) bitmaps.unshift(loadBitmap(qcow2, stored));
  markInUse(qcow2);
}

/** Stores the bitmaps again, as the image is closed. */
export function closeBitmaps({ qcow2, bitmaps }: Image): void {
  if (qcow2 === null) return;
  storeBitmaps(
    qcow2,
    bitmaps.filter(({ inconsistent }) => !inconsistent),
  );
}
