// medium.ts — The commands about a drive's tray and medium. Mirrors block/qapi-sysemu.c: qmp_blockdev_open_tray, qmp_eject, qmp_blockdev_change_medium.
import type { BlockBackend } from '../../block/backend.ts';
import { closeNode, openNode } from '../../block/graph.ts';
import { insertMedium, moveTray, removeMedium } from '../../block/medium.ts';
import { probeFormat } from '../../block/new-image.ts';
import { refuseBusy } from '../../block/node.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, outcome, stringArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import type { Member } from '../qapi.ts';
import { optional, required } from '../qapi.ts';
import { findBackend } from './io-throttle.ts';

const DRIVE: readonly Member[] = [optional('device', 'string'), optional('id', 'string')];

/** The drive as the client called it. */
const givenName = (args: JsonObject): string =>
  stringArg(args, 'id') ?? stringArg(args, 'device') ?? '';

/** A command about a drive whose medium can be removed. */
const ofDrive = (
  name: string,
  more: readonly Member[],
  act: (vm: Vm, blk: BlockBackend, args: JsonObject) => string | null,
  drive: readonly Member[] = DRIVE,
): QmpCommand => ({
  name,
  args: [...drive, ...more],
  needsMachine: true,
  run(vm, args): CommandResult {
    const blk = findBackend(vm, args);
    if ('kind' in blk) return blk;
    return outcome(refuseFixed(blk, args) ?? act(vm, blk, args));
  },
});

/** A drive that no device has is one whose medium can be removed, without a tray. */
const refuseFixed = (blk: BlockBackend, args: JsonObject): string | null =>
  blk.tray === null && blk.qdev !== null ? `Device '${givenName(args)}' is not removable` : null;

const FORCE = optional('force', 'boolean');

const openTray = ofDrive('blockdev-open-tray', [FORCE], (_vm, blk) => {
  moveTray(blk, 'open');
  return null;
});

const closeTray = ofDrive('blockdev-close-tray', [], (_vm, blk) => {
  moveTray(blk, 'closed');
  return null;
});

const BY_ID: readonly Member[] = [required('id', 'string')];

const remove = ofDrive(
  'blockdev-remove-medium',
  [],
  (_vm, blk, args) =>
    blk.tray !== 'closed' ? takeOut(blk) : `Tray of device '${givenName(args)}' is not open`,
  BY_ID,
);

/** Returns the refusal, or null. */
function takeOut(blk: BlockBackend): string | null {
  const busy = blk.inserted ? refuseBusy(blk.node) : null;
  if (busy === null) removeMedium(blk);
  return busy;
}

const eject: QmpCommand = ofDrive('eject', [FORCE], (_vm, blk) => {
  moveTray(blk, 'open');
  return takeOut(blk);
});

/** The node is looked at before the drive. */
const insert: QmpCommand = {
  name: 'blockdev-insert-medium',
  args: [...BY_ID, required('node-name', 'string')],
  needsMachine: true,
  run(vm, args): CommandResult {
    const name = stringArg(args, 'node-name') ?? '';
    const node = vm.layer.nodes.get(name);
    if (node === undefined) return failure(`Node '${name}' not found`);
    if (node.users.some(({ kind }) => kind === 'backend'))
      return failure(`Node '${name}' is already in use`);
    const blk = findBackend(vm, args);
    if ('kind' in blk) return blk;
    const why = refuseFixed(blk, args) ?? refuseInsertion(blk);
    if (why !== null) return failure(why);
    return outcome(insertMedium(blk, node));
  },
};

function refuseInsertion(blk: BlockBackend): string | null {
  if (blk.tray === 'closed') return 'Tray of the device is not open';
  return blk.inserted ? 'There already is a medium in the device' : null;
}

export const READ_ONLY_MODES: readonly string[] = ['retain', 'read-only', 'read-write'];

const changeMedium: QmpCommand = {
  name: 'blockdev-change-medium',
  args: [
    ...DRIVE,
    required('filename', 'string'),
    optional('format', 'string'),
    FORCE,
    optional('read-only-mode', READ_ONLY_MODES),
  ],
  needsMachine: true,
  run(vm, args): CommandResult {
    const blk = findBackend(vm, args);
    if ('kind' in blk) return blk;
    const path = stringArg(args, 'filename') ?? '';
    const opened = openNode(
      vm.layer,
      mediumOptions(vm, args, { path, readOnly: isReadOnly(blk, args) }),
    );
    if (opened.kind === 'failed') return failure(opened.why);
    const why = refuseFixed(blk, args);
    if (why !== null) return failure(why);
    moveTray(blk, 'open');
    const conflict = takeOut(blk) ?? insertMedium(blk, opened.node);
    if (conflict !== null) {
      closeNode(opened.node);
      return failure(conflict);
    }
    moveTray(blk, 'closed');
    return success();
  },
};

function isReadOnly(blk: BlockBackend, args: JsonObject): boolean {
  const mode = stringArg(args, 'read-only-mode') ?? 'retain';
  if (mode !== 'retain') return mode === 'read-only';
  return blk.inserted ? blk.node.readOnly : blk.lastReadOnly;
}

function mediumOptions(
  { layer }: Vm,
  args: JsonObject,
  { path, readOnly }: { readonly path: string; readonly readOnly: boolean },
): JsonObject {
  return {
    driver: stringArg(args, 'format') ?? probeFormat(layer.files, path),
    'read-only': readOnly,
    file: { driver: 'file', filename: path },
  };
}

export const mediumCommands: readonly QmpCommand[] = [
  openTray,
  closeTray,
  remove,
  insert,
  eject,
  changeMedium,
];
