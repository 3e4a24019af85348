// links.ts — Links below /dev: each to the device that claims it with the highest priority. Mirrors systemd's udev-node.c.
import type { Directory } from '@dmsim/vfs';
import { createDirectory, createSymlink } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';

/** Returns each link that should exist, and the kernel name that it leads to. */
function wanted({ udev }: Machine): Map<string, string> {
  const best = new Map<string, { readonly kernel: string; readonly priority: number }>();
  for (const [kernel, { links, linkPriority }] of udev.database) {
    for (const link of links) {
      const holder = best.get(link);
      if (holder === undefined || linkPriority > holder.priority) {
        best.set(link, { kernel, priority: linkPriority });
      }
    }
  }
  return new Map([...best].map(([link, { kernel }]) => [link, kernel]));
}

/** Makes missing links, and moves or removes wrong ones. */
export function claimLinks(machine: Machine): void {
  const target = wanted(machine);
  const { madeLinks: made } = machine.udev;
  for (const [link] of made) {
    if (target.has(link)) continue;
    unlink(machine, link);
    made.delete(link);
  }
  for (const [link, kernel] of target) {
    if (made.get(link) === kernel) continue;
    place(machine, link, kernel);
    made.set(link, kernel);
  }
}

export function dropLinks(machine: Machine, kernel: string): void {
  machine.udev.database.delete(kernel);
  claimLinks(machine);
}

function directoryOf(machine: Machine, link: string): { directory: Directory; name: string } {
  const names = ['dev', ...link.split('/')];
  const name = names.pop() as string;
  let directory: Directory = machine.root;
  for (const part of names) {
    let node = directory.lookup(part);
    if (node?.kind !== 'directory') {
      node = createDirectory();
      directory.link(part, node);
    }
    directory = node;
  }
  return { directory, name };
}

function place(machine: Machine, link: string, kernel: string): void {
  const { directory, name } = directoryOf(machine, link);
  const up = '../'.repeat(link.split('/').length - 1);
  directory.link(name, createSymlink(`${up}${kernel}`));
}

function unlink(machine: Machine, link: string): void {
  const { directory, name } = directoryOf(machine, link);
  directory.unlink(name);
}
