// drive-target.ts — drive-mirror and the target of drive-backup: jobs that make or open the image that they copy to. Mirrors blockdev.c: qmp_drive_mirror, drive_backup_prepare.
import type { Blocking } from '../../aio/main-loop.ts';
import { closeNode, openNode } from '../../block/graph.ts';
import type { ImageRefusal } from '../../block/new-image.ts';
import { createImageFile, probeFormat } from '../../block/new-image.ts';
import type { BlockNode } from '../../block/node.ts';
import { childNode, nodeLength, refuseBusy } from '../../block/node.ts';
import { optionsOfName } from '../../drivers/file-name.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, notSimulated, stringArg } from '../command.ts';
import type { JsonObject } from '../json.ts';
import type { Member } from '../qapi.ts';
import { optional, required } from '../qapi.ts';
import { BACKUP_ARGS } from './backup.ts';
import { MIRROR_ARGS, runMirror } from './mirror.ts';
import { rootNode, SYNC } from './new-job.ts';

const MODE: Member = optional('mode', ['existing', 'absolute-paths']);

const before = (members: readonly Member[], ...names: readonly string[]): Member[] =>
  members.filter(({ name }) => !names.includes(name));

export const DRIVE_BACKUP_ARGS: readonly Member[] = [
  ...before(BACKUP_ARGS, 'target'),
  required('target', 'string'),
  optional('format', 'string'),
  MODE,
];

interface Wanted {
  readonly args: JsonObject;
  readonly source: BlockNode;
  /** The image that a new one rests on; null if it rests on nothing. */
  readonly backing: BlockNode | null;
  readonly options: JsonObject;
}

/** Makes the image, unless it is there already, and opens it without what is below it. */
function openTarget(
  { layer }: Vm,
  { args, source, backing, options }: Wanted,
): BlockNode | ImageRefusal {
  const path = stringArg(args, 'target') ?? '';
  const isThere = stringArg(args, 'mode') === 'existing';
  const format =
    stringArg(args, 'format') ?? (isThere ? probeFormat(layer.files, path) : source.driver.name);
  const why = isThere
    ? null
    : createImageFile(layer, { path, format, size: nodeLength(source), backing });
  if (why !== null) return why;
  const opened = openNode(layer, {
    driver: format,
    ...options,
    ...(format === 'qcow2' ? { backing: null } : {}),
    file: optionsOfName(path),
  });
  return opened.kind === 'failed' ? { refusal: opened.why } : opened.node;
}

const refused = ({ refusal, isForeign }: ImageRefusal): CommandResult =>
  isForeign === true ? notSimulated(refusal) : failure(refusal);

/** Without a backing image there is nothing that `top` could leave out. */
function syncOf(args: JsonObject, source: BlockNode): string {
  const sync = stringArg(args, 'sync') ?? 'full';
  return sync === 'top' && childNode(source, 'backing') === undefined ? 'full' : sync;
}

function backingOf(sync: string, source: BlockNode): BlockNode | null {
  if (sync === 'none') return source;
  return sync === 'top' ? (childNode(source, 'backing') ?? null) : null;
}

const driveMirror: QmpCommand = {
  name: 'drive-mirror',
  args: [
    optional('job-id', 'string'),
    required('device', 'string'),
    required('target', 'string'),
    optional('format', 'string'),
    optional('node-name', 'string'),
    optional('replaces', 'string'),
    required('sync', SYNC),
    MODE,
    ...before(MIRROR_ARGS, 'job-id', 'device', 'target', 'replaces', 'sync', 'filter-node-name'),
    optional('unmap', 'boolean'),
  ],
  *run(vm, args): Blocking<CommandResult> {
    const source = rootNode(vm, stringArg(args, 'device') ?? '');
    if (typeof source === 'string') return failure(source);
    const name = stringArg(args, 'node-name');
    if (name === undefined && stringArg(args, 'replaces') !== undefined)
      return failure('a node-name must be provided when replacing a named node of the graph');
    const sync = syncOf(args, source);
    const target = openTarget(vm, {
      args,
      source,
      backing: backingOf(sync, source),
      options: name === undefined ? {} : { 'node-name': name },
    });
    if ('refusal' in target) return refused(target);
    const result = yield* runMirror(vm, {
      args: { ...args, sync },
      source,
      target,
      backing: stringArg(args, 'mode') === 'existing' ? 'open' : 'source',
    });
    // The job's own use of the target keeps it open; where there is no job, nobody uses it.
    if (result.kind !== 'return') closeNode(target);
    return result;
  },
};

/** Opens the target of a drive-backup. The node goes with the job. */
export function openBackupTarget(
  vm: Vm,
  args: JsonObject,
  source: BlockNode,
): { readonly target: BlockNode; readonly args: JsonObject } | ImageRefusal {
  // Comes first, so that no image is made in vain.
  const busy = refuseBusy(source);
  if (busy !== null) return { refusal: busy };
  const sync = syncOf(args, source);
  const target = openTarget(vm, {
    args,
    source,
    backing: backingOf(sync, source),
    options: { discard: 'unmap', 'detect-zeroes': 'unmap' },
  });
  return 'refusal' in target ? target : { target, args: { ...args, sync } };
}

export const driveCommands: readonly QmpCommand[] = [driveMirror];
