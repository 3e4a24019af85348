// transaction.ts — The command transaction, and blockdev-backup, which is a transaction with one action. Mirrors blockdev.c: qmp_transaction.
import type { Blocking } from '../../aio/main-loop.ts';
import { closeNode, lookupNode } from '../../block/graph.ts';
import type { ImageRefusal } from '../../block/new-image.ts';
import type { BlockNode } from '../../block/node.ts';
import { drainAll, drainedBegin, drainedEnd } from '../../block/node.ts';
import type { Job } from '../../jobs/job.ts';
import type { JobTxn } from '../../jobs/transaction.ts';
import { cancelJob, createTxn, launch } from '../../jobs/transaction.ts';
import type { Vm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { stringArg, success } from '../command.ts';
import type { JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { Member, QapiType } from '../qapi.ts';
import { optional, required, words } from '../qapi.ts';
import { BACKUP_ARGS, prepareBackup } from './backup.ts';
import { BITMAP_ACTIONS } from './dirty-bitmap.ts';
import { DRIVE_BACKUP_ARGS, openBackupTarget } from './drive-target.ts';
import { INTERNAL_SNAPSHOT_ARGS, takeInternalSnapshot } from './internal-snapshot.ts';
import { rootNode } from './new-job.ts';
import type { Snapshot } from './snapshot.ts';
import { commitSnapshot, SNAPSHOT_ARGS, SNAPSHOT_SYNC_ARGS, takeSnapshot } from './snapshot.ts';

/** The actions of QEMU 7.2; those without a branch below are refused as not simulated. */
const ACTIONS: readonly string[] = words(`
  abort block-dirty-bitmap-add block-dirty-bitmap-remove block-dirty-bitmap-clear
  block-dirty-bitmap-enable block-dirty-bitmap-disable block-dirty-bitmap-merge
  blockdev-backup blockdev-snapshot blockdev-snapshot-internal-sync blockdev-snapshot-sync
  drive-backup
`);

const ACTION: QapiType = {
  kind: 'union',
  tag: 'type',
  members: [required('type', ACTIONS)],
  branches: {
    abort: [required('data', { kind: 'struct', members: [] })],
    'blockdev-backup': [required('data', { kind: 'struct', members: BACKUP_ARGS })],
    'drive-backup': [required('data', { kind: 'struct', members: DRIVE_BACKUP_ARGS })],
    'blockdev-snapshot': [required('data', { kind: 'struct', members: SNAPSHOT_ARGS })],
    'blockdev-snapshot-sync': [required('data', { kind: 'struct', members: SNAPSHOT_SYNC_ARGS })],
    'blockdev-snapshot-internal-sync': [
      required('data', { kind: 'struct', members: INTERNAL_SNAPSHOT_ARGS }),
    ],
    ...Object.fromEntries(
      BITMAP_ACTIONS.map(({ name, args }) => [
        name,
        [required('data', { kind: 'struct', members: args })],
      ]),
    ),
  },
};

const PROPERTIES: QapiType = {
  kind: 'struct',
  members: [optional('completion-mode', ['individual', 'grouped'])],
};

interface Action {
  readonly type: string;
  readonly data: JsonObject;
}

const transaction: QmpCommand = {
  name: 'transaction',
  args: [required('actions', { kind: 'list', of: ACTION }), optional('properties', PROPERTIES)],
  *run(vm, args): Blocking<CommandResult> {
    const properties = args['properties'];
    const grouped = isJsonObject(properties) && properties['completion-mode'] === 'grouped';
    const actions = args['actions'] as unknown as readonly Action[];
    return yield* runActions(vm, actions, grouped ? createTxn() : null);
  },
};

/** A command that is a transaction with one action. */
const alone = (type: string, args: readonly Member[]): QmpCommand => ({
  name: type,
  args,
  run: (vm, data) => runActions(vm, [{ type, data }], null),
});

/** The prepared state, which can be undone: jobs, changes of bitmaps, and drained sections that last until the end. */
interface Prepared {
  readonly jobs: Job[];
  readonly undo: (() => void)[];
  readonly commit: (() => void)[];
  readonly snapshots: Snapshot[];
  readonly drained: BlockNode[];
}

type Refusal = Exclude<CommandResult, { readonly kind: 'return' }>;

/** Prepares all actions, then starts all, each in the drained section of its source; after a refusal, undoes them all. */
function* runActions(
  vm: Vm,
  actions: readonly Action[],
  txn: JobTxn | null,
): Blocking<CommandResult> {
  const prepared: Prepared = { jobs: [], undo: [], commit: [], snapshots: [], drained: [] };
  let refusal: Refusal | null = null;
  yield* drainAll(vm.layer);
  for (const action of actions) {
    refusal = yield* prepare(vm, action, {
      txn: txn ?? createTxn(),
      prepared,
      isGrouped: txn !== null,
    });
    if (refusal !== null) break;
  }
  for (const job of prepared.jobs) {
    if (refusal === null) launch(job);
    else yield* cancelJob(job, true);
  }
  if (refusal === null) yield* commitAll(prepared);
  else for (const undo of prepared.undo.toReversed()) undo();
  for (const source of prepared.drained) drainedEnd(source);
  return refusal ?? success();
}

function* commitAll({ commit, snapshots }: Prepared): Blocking<void> {
  for (const change of commit) change();
  for (const snapshot of snapshots) yield* commitSnapshot(snapshot);
}

interface Preparing {
  readonly txn: JobTxn;
  readonly prepared: Prepared;
  /** All jobs of the transaction end together. */
  readonly isGrouped: boolean;
}

/** The actions that start jobs. Only those end together. */
const JOBS: ReadonlySet<string> = new Set(['blockdev-backup', 'drive-backup']);

/** Prepares one action. Returns the refusal, or null. */
function* prepare(vm: Vm, { type, data }: Action, preparing: Preparing): Blocking<Refusal | null> {
  const { prepared, isGrouped } = preparing;
  if (type === 'abort') return refused('Transaction aborted using Abort action');
  if (isGrouped && !JOBS.has(type))
    return refused(
      `Action '${type}' does not support Transaction property completion-mode = grouped`,
    );
  if (type === 'blockdev-snapshot-internal-sync')
    return yield* prepareInternalSnapshot(vm, data, prepared);
  if (type.startsWith('blockdev-snapshot'))
    return yield* prepareSnapshot(vm, { type, data }, prepared);
  const action = BITMAP_ACTIONS.find(({ name }) => name === type);
  if (action === undefined) return yield* prepareJob(vm, { type, data }, preparing);
  const change = action.act(vm, data);
  if (change.kind !== 'done') return change;
  prepared.undo.push(change.undo);
  if (change.commit !== undefined) prepared.commit.push(change.commit);
  return null;
}

function* prepareJob(
  vm: Vm,
  { type, data }: Action,
  { txn, prepared }: Preparing,
): Blocking<Refusal | null> {
  const device = data['device'] as string;
  const asked = lookupNode(vm.layer, device);
  if (typeof asked === 'string') return refused(asked);
  // A target that does not exist is told of before the source is drained.
  const missing = type === 'blockdev-backup' ? named(vm, data) : null;
  if (missing !== null && 'refusal' in missing) return ofImage(missing);
  const source = yield* drainNamed(vm, device, prepared);
  if (typeof source === 'string') return refused(source);
  const end = type === 'drive-backup' ? openBackupTarget(vm, data, source) : named(vm, data);
  if ('refusal' in end) return ofImage(end);
  const { target, args } = end;
  const result = yield* prepareBackup(vm, { args, source, target, txn });
  if (result.kind === 'refused') {
    if (!target.monitorOwned) closeNode(target);
    return refused(result.why);
  }
  prepared.jobs.push(result.job);
  return null;
}

function named(
  { layer }: Vm,
  args: JsonObject,
): { readonly target: BlockNode; readonly args: JsonObject } | ImageRefusal {
  const target = lookupNode(layer, args['target'] as string);
  return typeof target === 'string' ? { refusal: target } : { target, args };
}

const ofImage = ({ refusal, isForeign }: ImageRefusal): Refusal =>
  isForeign === true ? { kind: 'not simulated', what: refusal } : refused(refusal);

function* prepareInternalSnapshot(
  vm: Vm,
  data: JsonObject,
  prepared: Prepared,
): Blocking<Refusal | null> {
  const device = stringArg(data, 'device') ?? '';
  const root = rootNode(vm, device);
  if (typeof root === 'string') return refused(root);
  const source = yield* drainNamed(vm, device, prepared);
  if (typeof source === 'string') return refused(source);
  const result = yield* takeInternalSnapshot(vm, data);
  if (typeof result === 'string') return refused(result);
  prepared.undo.push(result.undo);
  return null;
}

function* prepareSnapshot(
  vm: Vm,
  { type, data }: Action,
  prepared: Prepared,
): Blocking<Refusal | null> {
  const sync = type === 'blockdev-snapshot-sync';
  const result = yield* takeSnapshot(vm, data, { sync, drained: prepared.drained });
  if ('refusal' in result) return ofImage(result);
  prepared.undo.push(result.undo);
  prepared.snapshots.push(result);
  return null;
}

const refused = (desc: string): Refusal => ({ kind: 'error', errorClass: 'GenericError', desc });

/** Begins a drained section of the node. A job that ends meanwhile takes its filter away: then the name means another node. */
function* drainNamed(vm: Vm, name: string, { drained }: Prepared): Blocking<BlockNode | string> {
  for (;;) {
    const node = lookupNode(vm.layer, name);
    if (typeof node === 'string') return node;
    yield* drainedBegin(node);
    if (lookupNode(vm.layer, name) === node) {
      drained.push(node);
      return node;
    }
    drainedEnd(node);
  }
}

export const transactionCommands: readonly QmpCommand[] = [
  transaction,
  alone('blockdev-backup', BACKUP_ARGS),
  alone('drive-backup', DRIVE_BACKUP_ARGS),
  alone('blockdev-snapshot', SNAPSHOT_ARGS),
  alone('blockdev-snapshot-internal-sync', INTERNAL_SNAPSHOT_ARGS),
  alone('blockdev-snapshot-sync', SNAPSHOT_SYNC_ARGS),
];
