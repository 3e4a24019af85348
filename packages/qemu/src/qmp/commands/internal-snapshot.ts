// internal-snapshot.ts — Snapshots within an image. Mirrors blockdev.c: internal_snapshot_prepare, qmp_blockdev_snapshot_delete_internal_sync.
import type { Blocking } from '../../aio/main-loop.ts';
import { flushTableForGood } from '../../block/flush-table.ts';
import type { BlockNode } from '../../block/node.ts';
import { drainTwice, noteWrite, refuseBusy } from '../../block/node.ts';
import {
  deleteSnapshot,
  describeSnapshot,
  NOT_COUNTED,
  readSnapshots,
  snapshotRegion,
  takeSnapshot,
} from '../../block/qcow2-snapshots.ts';
import { discardFreed, passesSnapshots, submitDiscards } from '../../drivers/discard-freed.ts';
import { qcow2State } from '../../drivers/qcow2-read.ts';
import { writeCaches } from '../../drivers/qcow2-tables.ts';
import { fileOf } from '../../drivers/raw.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, stringArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import type { Member } from '../qapi.ts';
import { optional, required } from '../qapi.ts';
import { rootNode } from './new-job.ts';

export const INTERNAL_SNAPSHOT_ARGS: readonly Member[] = [
  required('device', 'string'),
  required('name', 'string'),
];

interface Taken {
  readonly undo: () => void;
}

/** Takes the snapshot at once. A transaction that fails deletes it. A string is the refusal. */
export function* takeInternalSnapshot(vm: Vm, args: JsonObject): Blocking<Taken | string> {
  const device = stringArg(args, 'device') ?? '';
  const name = stringArg(args, 'name') ?? '';
  const node = rootNode(vm, device);
  if (typeof node === 'string') return node;
  const why = refuse(node, device, name);
  if (why !== null) return why;
  const { image } = qcow2State(node);
  const { seconds, nanos: nanoseconds } = vm.wallClock();
  const wanted = { name, seconds, nanoseconds, vmClock: vm.sim.now, icount: NOT_COUNTED };
  writeCaches(node);
  const freed = takeSnapshot(image, wanted);
  noteSnapshots(node);
  if (passesSnapshots(node)) yield* discardFreed(node, freed);
  const made = readSnapshots(image).at(-1);
  return {
    undo: () => {
      const left = made === undefined ? [] : deleteSnapshot(image, made);
      if (passesSnapshots(node)) submitDiscards(node, left);
    },
  };
}

/** The table of snapshots, and the last one's L1 table, are written to the file. */
function noteSnapshots(node: BlockNode): void {
  const { image } = qcow2State(node);
  const table = snapshotRegion(image);
  const last = readSnapshots(image).at(-1);
  const file = fileOf(node);
  if (last !== undefined) noteWrite(file, last.l1Offset, L1_ENTRY * last.l1Size);
  if (table.bytes > 0) noteWrite(file, table.offset, table.bytes);
  flushTableForGood(file);
}

const L1_ENTRY: number = 8;

function refuse(node: BlockNode, device: string, name: string): string | null {
  const busy = refuseBusy(node);
  if (busy !== null) return busy;
  if (node.readOnly) return `Device '${device}' is read only`;
  if (node.driver.name !== 'qcow2')
    return `Block format '${node.driver.name}' used by device '${device}' does not support internal snapshots`;
  if (name === '') return 'Name is empty';
  return readSnapshots(qcow2State(node).image).some((each) => each.name === name)
    ? `Snapshot with name '${name}' already exists on device '${device}'`
    : null;
}

const deleteCommand: QmpCommand = {
  name: 'blockdev-snapshot-delete-internal-sync',
  args: [required('device', 'string'), optional('id', 'string'), optional('name', 'string')],
  *run(vm, args): Blocking<CommandResult> {
    const device = stringArg(args, 'device') ?? '';
    const node = rootNode(vm, device);
    if (typeof node === 'string') return failure(node);
    const busy = refuseBusy(node);
    const [id, name] = [stringArg(args, 'id'), stringArg(args, 'name')];
    if (id === undefined && name === undefined) return failure('Name or id must be provided');
    if (busy !== null) return failure(busy);
    if (node.driver.name !== 'qcow2')
      return failure('Failed to get a snapshot list: Operation not supported');
    const { image } = qcow2State(node);
    const found = readSnapshots(image).find(
      (each) => (id ?? each.id) === each.id && (name ?? each.name) === each.name,
    );
    if (found === undefined)
      return failure(
        `Snapshot with id '${id ?? 'null'}' and name '${name ?? 'null'}' does not exist on device '${device}'`,
      );
    yield* drainTwice(node);
    writeCaches(node);
    const freed = deleteSnapshot(image, found);
    noteSnapshots(node);
    if (passesSnapshots(node)) yield* discardFreed(node, freed);
    return success(describeSnapshot(found));
  },
};

export const internalSnapshotCommands: readonly QmpCommand[] = [deleteCommand];
