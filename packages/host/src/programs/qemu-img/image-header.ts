// image-header.ts — Reads the header of a qcow2 image that is opened, and refuses what can't be opened.
import { refuse } from '@dmsim/coreutils';
import type { HostFile, Qcow2Image } from '@dmsim/qemu';
import { bitmapRegions, CORRUPT_IMAGE, markClean, parseQcow2 } from '@dmsim/qemu';

import { countReferences } from './count-references.ts';
import type { Intent } from './image-locks.ts';
import type { ImgTool } from './img-tool.ts';

/** How the parser marks what QEMU could open. */
const FOREIGN = ': not simulated';

/** Null: the file is no qcow2 image. A string says why the image can't be opened. */
export function headerOf(
  t: ImgTool,
  file: HostFile,
  { writes = false, checks = false }: Intent,
): Qcow2Image | string | null {
  const parsed = parseQcow2(file);
  if (typeof parsed === 'string' && parsed.endsWith(FOREIGN))
    return refuse(t, `qemu-img of an image with ${parsed.slice(0, -FOREIGN.length)}`);
  if (typeof parsed === 'string' || parsed === null || !writes) return parsed;
  const why = checks ? null : refuseDamaged(t, parsed);
  if (why !== null) return why;
  markClean(parsed);
  return parsed;
}

/** Why a damaged image can't be written to, or null. */
function refuseDamaged(t: ImgTool, image: Qcow2Image): string | null {
  if (image.corrupt) return CORRUPT_IMAGE;
  // QEMU repairs it then.
  if (image.dirty && !isSound(image))
    refuse(t, 'qemu-img of an image that was not closed, and whose reference counts are wrong');
  return null;
}

function isSound(image: Qcow2Image): boolean {
  const checked = countReferences(image, bitmapRegions(image), 'nothing');
  return checked !== 'rebuild' && checked.leaks + checked.corruptions === 0;
}
