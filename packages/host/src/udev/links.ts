// links.ts — Links below /dev: each to the device that claims it with the highest priority. Mirrors systemd's udev-node.c.
import type { Directory } from '@dmsim/vfs';
import { createDirectory, createSymlink } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';

/** Makes, moves and removes the links that a device claims now, or has claimed before. */
export function claimLinks(machine: Machine, kernel: string): void {
  const { claimedLinks, linkHolders, database } = machine.udev;
  const before = claimedLinks.get(kernel) ?? [];
  const { links = [], linkPriority = 0 } = database.get(kernel) ?? {};
  claimedLinks.set(kernel, links);
  const isHeld = (link: string, i: number): boolean =>
    link === before[i] && linkHolders.get(link)?.get(kernel) === linkPriority;
  // Most events change nothing about a device's links.
  if (before.length === links.length && links.every(isHeld)) return;
  changeClaims(machine, { kernel, before, links, linkPriority });
}

interface Claims {
  readonly kernel: string;
  readonly before: readonly string[];
  readonly links: readonly string[];
  readonly linkPriority: number;
}

function changeClaims(machine: Machine, { kernel, before, links, linkPriority }: Claims): void {
  const { linkHolders } = machine.udev;
  for (const link of before) if (!links.includes(link)) linkHolders.get(link)?.delete(kernel);
  for (const link of links) {
    const holders = linkHolders.get(link) ?? new Map<string, number>();
    linkHolders.set(link, holders.set(kernel, linkPriority));
  }
  for (const link of new Set([...before, ...links])) settleLink(machine, link);
}

/** Among devices that claim a link with the same priority, the first to come has it. */
function settleLink(machine: Machine, link: string): void {
  const { linkHolders, madeLinks: made } = machine.udev;
  let best: string | undefined;
  let highest = -Infinity;
  for (const [kernel, priority] of linkHolders.get(link) ?? []) {
    if (priority <= highest) continue;
    best = kernel;
    highest = priority;
  }
  if (made.get(link) === best) return;
  if (best === undefined) {
    unlink(machine, link);
    made.delete(link);
    linkHolders.delete(link);
    return;
  }
  place(machine, link, best);
  made.set(link, best);
}

export function dropLinks(machine: Machine, kernel: string): void {
  machine.udev.database.delete(kernel);
  claimLinks(machine, kernel);
  machine.udev.claimedLinks.delete(kernel);
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

/** A directory that is empty then goes, too. */
function unlink(machine: Machine, link: string): void {
  const { directory, name } = directoryOf(machine, link);
  directory.unlink(name);
  const slash = link.lastIndexOf('/');
  if (slash > 0 && directory.entries().length === 0) unlink(machine, link.slice(0, slash));
}
