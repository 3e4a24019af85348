// snapshot.ts — qemu-img snapshot: lists, takes, applies and deletes the snapshots within an image.
import { fail, refuse } from '@dmsim/coreutils';
import { binaryOf, momentOf, textOf } from '@dmsim/libc';
import type { HostFiles } from '@dmsim/qemu';
import {
  applySnapshot,
  deleteSnapshot,
  findSnapshot,
  punchFreed,
  readSnapshots,
  takeSnapshot,
} from '@dmsim/qemu';

import type { Image } from './image.ts';
import { openImage, READ_WRITE_SHARED } from './image.ts';
import { imgOptions, TRY } from './img-options.ts';
import type { ImgTool } from './img-tool.ts';
import { snapshotLines } from './info.ts';
import { setSize } from './resize.ts';

const ACTIONS = ['l', 'a', 'c', 'd'] as const;

export function snapshot(t: ImgTool, files: HostFiles, args: readonly string[]): number {
  const spec = { short: 'la:c:d:qU', long: { 'image-opts': 'image-opts' } };
  const { has, value, operands } = imgOptions(t, spec, args);
  const [action, ...more] = ACTIONS.filter(
    (name) => (name === 'l' && has('l')) || value(name) !== undefined,
  );
  if (more.length > 0) fail(t, `Cannot mix '-l', '-a', '-c', '-d'${TRY}`);
  const [path, ...others] = operands.map(textOf);
  if (path === undefined || others.length > 0)
    return fail(t, `Expecting one image file name${TRY}`);
  const writes = action !== undefined && action !== 'l';
  if (writes && has('U')) fail(t, `Could not open '${path}': ${READ_WRITE_SHARED}`);
  const image = openImage(t, files, path, {
    format: null,
    isOptions: has('image-opts'),
    writes,
    forceShare: has('U'),
  });
  return action === undefined ? 0 : ACT[action](t, image, textOf(value(action) ?? ''));
}

const ACT: Readonly<
  Record<(typeof ACTIONS)[number], (t: ImgTool, image: Image, name: string) => number>
> = { l: list, a: apply, c: take, d: remove };

function list(t: ImgTool, { qcow2 }: Image): number {
  const lines = qcow2 === null ? [] : snapshotLines(qcow2);
  t.out.put(lines.map((line) => `${binaryOf(line)}\n`).join(''));
  return 0;
}

function take(t: ImgTool, { qcow2 }: Image, name: string): number {
  if (qcow2 === null)
    return fail(t, `Could not create snapshot '${name}': -95 (Operation not supported)`);
  const { seconds, nanos: nanoseconds } = momentOf(t.process.sim);
  punchFreed(qcow2, takeSnapshot(qcow2, { name, seconds, nanoseconds, vmClock: 0, icount: 0n }));
  return 0;
}

function apply(t: ImgTool, image: Image, name: string): number {
  const { qcow2 } = image;
  if (qcow2 === null) return refuse(t, 'qemu-img snapshot -a of a raw image');
  const failing = `Could not apply snapshot '${name}'`;
  if (qcow2.bitmaps !== null) return fail(t, `${failing}: Device has active dirty bitmaps`);
  const found = findSnapshot(qcow2, name);
  if (found === undefined)
    return fail(t, `${failing}: Failed to load snapshot: No such file or directory`);
  if (found.diskSize !== qcow2.virtualSize) setSize(t, image, found.diskSize);
  punchFreed(qcow2, applySnapshot(qcow2, found));
  return 0;
}

function remove(t: ImgTool, { qcow2 }: Image, name: string): number {
  // Unlike -a, it looks for names alone.
  const found =
    qcow2 === null ? undefined : readSnapshots(qcow2).find((each) => each.name === name);
  if (qcow2 === null || found === undefined)
    return fail(t, `Could not delete snapshot '${name}': snapshot not found`);
  punchFreed(qcow2, deleteSnapshot(qcow2, found));
  return 0;
}
