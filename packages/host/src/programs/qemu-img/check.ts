// check.ts — qemu-img check: whether the tables of an image fit together.
import { fail, refuse } from '@dmsim/coreutils';
import type { Conversion } from '@dmsim/libc';
import { formatFloat, textOf } from '@dmsim/libc';
import type { HostFiles, JsonObject, Qcow2Image } from '@dmsim/qemu';
import {
  allocatedClusters,
  bitmapRegions,
  emptyRun,
  recordedPlace,
  markConsistent,
  membersInOrder,
  printJson,
} from '@dmsim/qemu';

import type { CheckedImage, Repair } from './count-references.ts';
import { countReferences } from './count-references.ts';
import { openImage, READ_WRITE_SHARED } from './image.ts';
import { checkCache, imgOptions, TRY, wantsJson } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import { note } from './img-tool.ts';
import { operand } from './info.ts';

export function check(t: ImgTool, files: HostFiles, args: readonly string[]): number {
  const long = { output: 'output:', 'image-opts': 'image-opts' };
  const { has, value, operands } = imgOptions(t, { short: 'f:qr:T:U', long }, args);
  const repair = repairOf(t, value('r'));
  const isJson = wantsJson(t, value('output'));
  const path = operand(t, operands);
  checkCache(t, value('T'), { what: 'source cache' });
  if (has('U') && repair !== 'nothing')
    fail(t, `Could not open '${textOf(path)}': ${READ_WRITE_SHARED}`);
  const image = openImage(t, files, path, {
    format: value('f') ?? null,
    isOptions: has('image-opts'),
    forceShare: has('U'),
    writes: repair !== 'nothing',
    checks: true,
  });
  const { qcow2 } = image;
  if (qcow2 === null) return fail(t, 'This image format does not support checks', 63);
  const tells = !isJson && !has('q');
  const checked = countTwice(t, qcow2, { repair, tells });
  if (isJson) t.out.put(checkJson(image.path, qcow2, checked));
  else if (tells) t.out.put(checkText(qcow2, checked));
  if (checked.corruptions > 0) return CORRUPT;
  return checked.leaks > 0 ? LEAKS : 0;
}

function repairOf(t: ImgTool, text: string | undefined): Repair {
  if (text === undefined) return 'nothing';
  return text === 'leaks' || text === 'all'
    ? text
    : fail(t, `Unknown option value for -r (expecting 'leaks' or 'all'): ${text}${TRY}`);
}

/** A repaired image is checked again. */
function countTwice(
  t: ImgTool,
  image: Qcow2Image,
  { repair, tells }: { readonly repair: Repair; readonly tells: boolean },
): CheckedImage {
  const first = count(t, image, repair);
  const { leaksFixed, corruptionsFixed } = first;
  if (leaksFixed + corruptionsFixed === 0) return first;
  if (tells) t.out.put(repairText(first));
  return { ...count(t, image, 'nothing'), leaksFixed, corruptionsFixed };
}

/** Walks through the image, and repairs what it can. */
function count(t: ImgTool, image: Qcow2Image, repair: Repair): CheckedImage {
  const checked = countReferences(image, bitmapRegions(image), repair);
  if (checked === 'rebuild')
    return refuse(t, 'qemu-img check -r of an image whose reference counts must be made anew');
  note(t, checked.lines.map((line) => `${line}\n`).join(''));
  if (repair === 'all' && checked.lines.some((line) => line.includes('Preallocated cluster')))
    refuse(t, 'qemu-img check -r all of places that are not aligned');
  if (repair !== 'nothing' && checked.corruptions === 0) markConsistent(image);
  return checked;
}

const repairText = ({ leaksFixed, corruptionsFixed }: CheckedImage): string =>
  `The following inconsistencies were found and repaired:

    ${leaksFixed} leaked clusters
    ${corruptionsFixed} corruptions

Double checking the fixed image now...
`;

const CORRUPT = 2;
const LEAKS = 3;

/** A member that is left out if it is 0. */
const some = (name: string, count: number): JsonObject => (count === 0 ? {} : { [name]: count });

function checkJson(path: string, image: Qcow2Image, checked: CheckedImage): string {
  const { here, of } = allocatedClusters(image);
  const report: JsonObject = {
    'image-end-offset': checked.end,
    ...some('total-clusters', of),
    ...some('corruptions', checked.corruptions),
    'check-errors': 0,
    ...some('leaks', checked.leaks),
    ...some('leaks-fixed', checked.leaksFixed),
    ...some('corruptions-fixed', checked.corruptionsFixed),
    ...some('allocated-clusters', here),
    ...some('fragmented-clusters', fragments(image)),
    filename: path,
    format: 'qcow2',
  };
  const members = membersInOrder(report).map(
    (name) => `    "${name}": ${printJson(report[name] ?? null)}`,
  );
  return `{\n${members.join(',\n')}\n}\n`;
}

function checkText(image: Qcow2Image, { corruptions, leaks, end }: CheckedImage): string {
  const { here, of } = allocatedClusters(image);
  const lines = corruptions + leaks === 0 ? ['No errors were found on the image.'] : [];
  if (corruptions > 0)
    lines.push(
      '',
      `${corruptions} errors were found on the image.`,
      'Data may be corrupted, or further writes to the image may corrupt it.',
    );
  if (leaks > 0)
    lines.push(
      '',
      `${leaks} leaked clusters were found on the image.`,
      'This means waste of disk space, but no harm to data.',
    );
  if (here > 0)
    lines.push(
      `${here}/${of} = ${percent(here, of)} allocated, ${percent(fragments(image), here)} fragmented, 0.00% compressed clusters`,
    );
  lines.push(`Image end offset: ${end}`, '');
  return lines.join('\n');
}

const percent = (part: number, whole: number): string =>
  `${formatFloat(whole === 0 ? 0 : (part * 100) / whole, HUNDREDTHS)}%`;

const HUNDREDTHS: Conversion = { flags: '', width: 0, precision: 2, letter: 'f' };

/** Clusters that do not lie behind the last one in the file. */
function fragments(image: Qcow2Image): number {
  let next = 0;
  let count = 0;
  const perTable = image.clusterSize / 8;
  for (let cluster = 0; cluster * image.clusterSize < image.virtualSize;) {
    // QEMU looks at one table at a time.
    if (cluster % perTable === 0) next = 0;
    const at = recordedPlace(image, cluster);
    cluster += Math.max(1, emptyRun(image, cluster));
    if (at === null) continue;
    if (next !== 0 && at !== next) count++;
    next = at + image.clusterSize;
  }
  return count;
}
