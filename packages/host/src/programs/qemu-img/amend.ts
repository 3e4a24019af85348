// amend.ts — qemu-img amend: another size, or lazy reference counts, for an image that is there.
import { fail, refuse } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { HostFiles } from '@dmsim/qemu';
import type { Qcow2Image, Qcow2Version } from '@dmsim/qemu';
import { emptyRun, isZeroCluster, setLazyRefcounts, setVersion, unmapCluster } from '@dmsim/qemu';

import type { CreateOptions } from './create-options.ts';
import { parseCreateOptions } from './create-options.ts';
import { writeAt } from './image-data.ts';
import type { Image } from './image.ts';
import { openImage } from './image.ts';
import { imgOptions, TRY } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import { asksForHelp, listAmendments, NO_AMENDMENT } from './option-help.ts';
import { setSize } from './resize.ts';

export function amend(t: ImgTool, files: HostFiles, args: readonly string[]): number {
  const spec = { short: 'o:f:t:pq', long: { 'image-opts': 'image-opts', force: 'force' } };
  const { has, value, given, operands } = imgOptions(t, spec, args);
  const texts = given.filter(([key]) => key === 'o').map(([, text]) => textOf(text));
  checkTexts(t, texts);
  const asked = asksForHelp(texts);
  const named = value('f');
  if (asked && named !== undefined) return listAmendments(t, named);
  if (has('p') && !has('q')) refuse(t, 'qemu-img amend -p');
  const [path, ...others] = operands.map(textOf);
  if (path === undefined || others.length > 0) return fail(t, 'Expecting one image file name');
  const image = openImage(t, files, path, {
    format: value('f') ?? null,
    isOptions: has('image-opts'),
    writes: true,
    resizes: true,
  });
  const { qcow2 } = image;
  if (qcow2 === null) return fail(t, NO_AMENDMENT);
  if (asked) return listAmendments(t, 'qcow2');
  change(t, { image, qcow2, options: optionsOf(t, texts) });
  return 0;
}

function optionsOf(t: ImgTool, texts: readonly string[]): CreateOptions {
  const options = parseCreateOptions('qcow2', texts);
  if (typeof options === 'string') return fail(t, options);
  const why = refuseAmendment(t, options);
  return why === null ? options : fail(t, why);
}

interface Amendment {
  readonly image: Image;
  readonly qcow2: Qcow2Image;
  readonly options: CreateOptions;
}

function change(t: ImgTool, { image, qcow2, options }: Amendment): void {
  const version = versionOf(options, qcow2.version);
  if (version === 2 && options.get('lazy_refcounts') === 'on') fail(t, LAZY);
  if (version !== qcow2.version) changeVersion(t, image, { qcow2, version });
  const [size, lazy] = [options.get('size'), options.get('lazy_refcounts')];
  if (lazy !== undefined) setLazyRefcounts(qcow2, lazy === 'on');
  if (size !== undefined) setSize(t, image, Number(size));
}

const LAZY =
  'Lazy refcounts only supported with compatibility level 1.1 and above (use compat=1.1 or greater)';

function versionOf(options: CreateOptions, present: Qcow2Version): Qcow2Version {
  const compat = options.get('compat');
  if (compat === undefined) return present;
  return compat === '0.10' || compat === 'v2' ? 2 : 3;
}

/** qcow2_downgrade: version 2 knows no clusters of zeroes, which become data where something lies below. */
function changeVersion(
  t: ImgTool,
  image: Image,
  { qcow2, version }: { readonly qcow2: Qcow2Image; readonly version: Qcow2Version },
): void {
  const { clusterSize, virtualSize } = qcow2;
  if (version === 2) {
    if (qcow2.bitmaps !== null) refuse(t, 'qemu-img amend -o compat=0.10 of an image with bitmaps');
    for (let cluster = 0; cluster * clusterSize < virtualSize;) {
      if (isZeroCluster(qcow2, cluster)) makeData(image, qcow2, cluster);
      cluster += Math.max(1, emptyRun(qcow2, cluster));
    }
  }
  setVersion(qcow2, version);
}

function makeData(image: Image, qcow2: Qcow2Image, cluster: number): void {
  const { clusterSize, virtualSize } = qcow2;
  const start = cluster * clusterSize;
  const bytes = Math.min(clusterSize, virtualSize - start);
  if (image.backing === null) unmapCluster(qcow2, cluster);
  else writeAt(image, start, new Uint8Array(bytes));
}

function checkTexts(t: ImgTool, texts: readonly string[]): void {
  if (texts.includes('')) fail(t, 'Invalid option list: ');
  if (texts.length === 0) fail(t, `Must specify options (-o)${TRY}`);
}

/** Options of an image that is made. */
const ONLY_AT_CREATION: ReadonlySet<string> = new Set([
  'cluster_size',
  'preallocation',
  'encryption',
  'extended_l2',
  'compression_type',
]);

/** Ends the lab for what QEMU can change and this simulator can't; else says why the options are refused, or null. */
function refuseAmendment(t: ImgTool, options: CreateOptions): string | null {
  const fixed = [...options.keys()].find((name) => ONLY_AT_CREATION.has(name));
  if (fixed !== undefined)
    return `Invalid parameter '${fixed}'\nThis option is only supported for image creation`;
  const compat = options.get('compat') ?? 'v3';
  if (!/^(?:1\.1|0\.10|v2|v3)$/u.test(compat)) return `Unknown compatibility level ${compat}`;
  if (options.has('backing_file') || options.has('backing_fmt'))
    return "Cannot amend the backing file\nYou can use 'qemu-img rebase' instead.";
  if (options.has('encrypt.format')) refuse(t, 'qemu-img amend -o encrypt.format');
  if (options.has('data_file'))
    return 'data-file can only be set for images that use an external data file';
  if (options.get('data_file_raw') === 'on')
    return 'data-file-raw cannot be set on existing images';
  const bits = options.get('refcount_bits') ?? '16';
  if (bits !== '16') refuse(t, `qemu-img amend -o refcount_bits=${bits}`);
  return null;
}
