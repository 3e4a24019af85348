// internal-snapshot.ts — Snapshots within an image: what is refused of them. Mirrors blockdev.c: internal_snapshot_prepare, qmp_blockdev_snapshot_delete_internal_sync.
import { refuseBusy } from '../../block/node.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, stringArg } from '../command.ts';
import type { JsonObject } from '../json.ts';
import type { Member } from '../qapi.ts';
import { optional, required } from '../qapi.ts';
import { rootNode } from './new-job.ts';

export const INTERNAL_SNAPSHOT_ARGS: readonly Member[] = [
  required('device', 'string'),
  required('name', 'string'),
];

type Refusal = Exclude<CommandResult, { readonly kind: 'return' }>;

/** Always an answer other than success: snapshots within images are not simulated. */
export function takeInternalSnapshot(vm: Vm, args: JsonObject): Refusal {
  const desc = refuse(vm, args);
  return desc === null
    ? { kind: 'not simulated', what: 'blockdev-snapshot-internal-sync' }
    : { kind: 'error', errorClass: 'GenericError', desc };
}

function refuse(vm: Vm, args: JsonObject): string | null {
  const device = stringArg(args, 'device') ?? '';
  const node = rootNode(vm, device);
  if (typeof node === 'string') return node;
  const busy = refuseBusy(node);
  if (busy !== null) return busy;
  if (node.readOnly) return `Device '${device}' is read only`;
  if (node.driver.name !== 'qcow2')
    return `Block format '${node.driver.name}' used by device '${device}' does not support internal snapshots`;
  return stringArg(args, 'name') === '' ? 'Name is empty' : null;
}

const takeSnapshot: QmpCommand = {
  name: 'blockdev-snapshot-internal-sync',
  args: INTERNAL_SNAPSHOT_ARGS,
  run: takeInternalSnapshot,
};

const deleteSnapshot: QmpCommand = {
  name: 'blockdev-snapshot-delete-internal-sync',
  args: [required('device', 'string'), optional('id', 'string'), optional('name', 'string')],
  run(vm, args) {
    const device = stringArg(args, 'device') ?? '';
    const node = rootNode(vm, device);
    if (typeof node === 'string') return failure(node);
    const busy = refuseBusy(node);
    if (busy !== null) return failure(busy);
    const [id, name] = [stringArg(args, 'id'), stringArg(args, 'name')];
    if (id === undefined && name === undefined) return failure('Name or id must be provided');
    return node.driver.name === 'qcow2'
      ? failure(
          `Snapshot with id '${id ?? 'null'}' and name '${name ?? 'null'}' does not exist on device '${device}'`,
        )
      : failure('Failed to get a snapshot list: Operation not supported');
  },
};

export const internalSnapshotCommands: readonly QmpCommand[] = [takeSnapshot, deleteSnapshot];
