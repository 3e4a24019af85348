// nodes.ts — Makes and removes nodes in /dev/mapper, and sets the flags for udev.
import { readAheadOf, setReadAhead } from '@dmsim/block';
import type { HashCell } from '@dmsim/dm';
import { allCells, findCell } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import type { NewNode } from '../../device-nodes.ts';
import { createSemaphore } from '../../udev/udev.ts';
import { releaseSemaphore, sharedCookie } from './cookies.ts';
import { mangle, mapperNames, unmangle } from './names.ts';
import type { Run } from './run.ts';
import { logError } from './run.ts';
import { atoi } from './switches.ts';

/** Without the option, nodes are made by resume. */
export const addsNodeOnCreate = ({ switches }: Run): boolean => switches.has('addnodeoncreate');

/** Without udev, or when it is told to leave devices alone, libdevmapper makes the nodes. */
export const ownNodes = ({ tool }: Run): boolean => tool.context.env.has('DM_DISABLE_UDEV');

/** It runs, and is told to leave the device alone. */
export const bypassesUdev = (run: Run): boolean => run.machine.udev.running && ownNodes(run);

export function addNode(run: Run, { md, name }: HashCell): Task<void> {
  return addNodeOf(run, md, { name, own: ownNodes(run) });
}

/** dm_mknodes: makes the node if it is not there, whatever udev does. */
export function addMissingNode(
  run: Run,
  { md, name: ownName }: HashCell,
  name: string = ownName,
): Task<void> {
  return addNodeOf(run, md, { name, own: true });
}

interface Wanted {
  readonly name: string;
  readonly own: boolean;
}

function* addNodeOf(run: Run, md: HashCell['md'], { name, own }: Wanted): Task<void> {
  const { switches, machine } = run;
  const node: NewNode = {
    major: md.dm.major,
    minor: md.minor,
    ...(switches.has('M') ? { mode: Number.parseInt(switches.value('M') ?? '', 8) } : {}),
    ...(switches.has('G') ? { gid: switches.number('G') } : {}),
  };
  if (machine.nodes.create(name, node, own)) return;
  yield* sayInTheWay(run, name);
}

/** A file in the place of a node is said, and is no failure. */
export const sayInTheWay = (run: Run, name: string): Task<false> =>
  logError(run, `A non-block device file at '/dev/mapper/${name}' is already present`);

/** After a resume, makes the node and sets the read-ahead from --readahead. */
export function* resumed(run: Run, cell: HashCell): Task<void> {
  const { switches } = run;
  const { disk } = cell.md;
  if (!addsNodeOnCreate(run)) yield* addNode(run, cell);
  if (disk === null) return;
  const word = switches.value('readahead') ?? 'auto';
  if (/^auto$/i.test(word) || atoi(word) === -1) return;
  // libdevmapper writes whole kilobytes to sysfs.
  const sectors = /^none$/i.test(word) ? 0 : 2 * Math.ceil(atoi(word) / 2);
  const least = word.trimStart().startsWith('+');
  if (!least || readAheadOf(disk) < sectors) setReadAhead(disk, sectors);
}

/** rm_dev_node: a directory in the node's place is said, and is no failure. */
export function* removeNode(run: Run, name: string, own: boolean = ownNodes(run)): Task<void> {
  if (run.machine.nodes.remove(name, own)) return;
  yield* logError(run, `Unable to unlink device node for '${unmangle(name)}'`);
}

/** Makes the nodes of existing devices, and removes those of others. */
export function* makeNodes(run: Run, name: string): Task<void> {
  const known = mangle(name) ?? name;
  const cell = findCell(run.dm, { name: known });
  if (cell === undefined) yield* removeNode(run, known, true);
  // dmsetup asks for the unmangled name, and libdevmapper makes the node by what it was asked for.
  else yield* addMissingNode(run, cell, unmangle(cell.name));
}

export function* makeAllNodes(run: Run): Task<void> {
  for (const name of mapperNames(run)) yield* makeNodes(run, name);
  for (const cell of allCells(run.dm)) yield* addMissingNode(run, cell, unmangle(cell.name));
}

/** Flags in the upper half: libdevmapper makes the node and links, and the sender is the owner. */
const NO_UDEV_COOKIE = 0x43_0000;
/** Flags, and the number of the semaphore on which dmsetup waits for udev. */
const UDEV_COOKIE = 0x60_0001;

/** The DM_COOKIE of the uevent that this call causes. If udev runs, the call waits until udev has handled it. */
export function udevCookie(run: Run): number {
  const { switches, machine, cookies } = run;
  if (ownNodes(run)) return NO_UDEV_COOKIE;
  const flags = switches.has('noudevrules') ? UDEV_COOKIE | 0x03_0000 : UDEV_COOKIE;
  if (!machine.udev.running) return flags;
  const shared = sharedCookie(run);
  if (shared !== undefined) return (flags & 0xff_0000) | shared;
  const id = createSemaphore(machine.udev, machine.sim.now);
  cookies.push(id);
  return (flags & 0xff_0000) | id;
}

/** dm_udev_wait: until udev's rules are done with what this call has caused. */
export function* waitForUdev(run: Run): Task<void> {
  if (run.switches.has('noudevsync')) {
    for (const id of run.cookies) run.machine.udev.semaphores.delete(id);
    return;
  }
  for (const id of run.cookies) yield* releaseSemaphore(run, id);
}
