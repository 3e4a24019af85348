// image-format.ts — The formats of images: two are simulated, the others of QEMU's are refused by name, and any other word fails as it does there.
import { fail, refuse } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import { DRIVERS } from '@dmsim/qemu';

export type ImageFormat = 'raw' | 'qcow2';

/** `complaint` is QEMU's about a word that is no format. */
export function imageFormat(t: Tool, word: string, complaint: string): ImageFormat {
  return word === 'raw' || word === 'qcow2' ? word : fail(t, checkForeign(t, word, complaint));
}

/** Refuses a format of QEMU's; returns the complaint about any other word. */
export const checkForeign = (t: Tool, word: string, complaint: string): string =>
  DRIVERS.includes(word) ? refuse(t, `an image of the format ${word}`) : complaint;
