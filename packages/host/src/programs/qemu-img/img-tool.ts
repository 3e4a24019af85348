// img-tool.ts — A run of qemu-img or qemu-io: what it says besides, and the locks of the images that it has open.
import type { Tool } from '@dmsim/coreutils';

import type { FileLock } from './image-locks.ts';

export interface ImgTool extends Tool {
  /** Lines for standard error while the program goes on. */
  readonly notes: string[];
  readonly locks: Set<FileLock>;
}

export const startRun = (t: Tool): ImgTool => ({ ...t, notes: [], locks: new Set() });

export function note({ notes }: ImgTool, text: string): void {
  notes.push(text);
}
