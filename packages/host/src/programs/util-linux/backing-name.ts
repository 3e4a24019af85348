// backing-name.ts — The name of the file behind a loop device, which follows the file when it is renamed. Mirrors fs/d_path.c.
import type { Directory, MemoryFile } from '@dmsim/vfs';
import { lookupPath } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';

/** Directories in which no file can be that is behind a loop device. */
const ELSEWHERE: ReadonlySet<string> = new Set(['dev', 'proc', 'sys', 'usr']);

/** Tells the name of the file whenever it is asked; `path` is its name now. */
export function backingName({ root }: Machine, file: MemoryFile, path: string): () => string {
  let known = path;
  return () => {
    if (file.links === 0) return `${known} (deleted)`;
    if (lookupPath(known, { root, cwd: '/' }) !== file) known = findFile(root, file, '') ?? known;
    return known;
  };
}

function findFile(directory: Directory, file: MemoryFile, at: string): string | undefined {
  for (const name of directory.entries()) {
    if (at === '' && ELSEWHERE.has(name)) continue;
    const node = directory.lookup(name);
    if (node === file) return `${at}/${name}`;
    const found = node?.kind === 'directory' ? findFile(node, file, `${at}/${name}`) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
