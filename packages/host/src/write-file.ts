// write-file.ts — Puts a file into a machine before its lab begins.
import { createDirectory, createFile } from '@dmsim/vfs';

import type { Machine } from './machine.ts';

/** `path` is absolute; folders that are missing are made. */
export function writeFile({ root }: Pick<Machine, 'root'>, path: string, text: string): void {
  const names = path.split('/').filter((name) => name !== '');
  const file = names.pop() ?? '';
  let folder = root;
  for (const name of names) {
    let node = folder.lookup(name);
    if (node === undefined) folder.link(name, (node = createDirectory()));
    if (node.kind !== 'directory') throw new Error(`${path}: ${name} is no directory`);
    folder = node;
  }
  folder.link(file, createFile(text));
}
