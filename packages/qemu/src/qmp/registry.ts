// registry.ts — The commands of a monitor, by name.
import type { Vm } from '../vm/vm.ts';
import type { QmpCommand } from './command.ts';
import { success } from './command.ts';
import { blockdevAmend } from './commands/amend.ts';
import { blockCommit } from './commands/block-commit.ts';
import { blockStream } from './commands/block-stream.ts';
import { blockdevCommands } from './commands/blockdev.ts';
import { changeNodeCommands } from './commands/change-node.ts';
import { chardevCommands } from './commands/chardev.ts';
import { blockdevCreate } from './commands/create.ts';
import { deviceCommands } from './commands/device.ts';
import { dirtyBitmapCommands } from './commands/dirty-bitmap.ts';
import { driveCommands } from './commands/drive-target.ts';
import { exportCommands } from './commands/exports.ts';
import { humanMonitorCommand } from './commands/human.ts';
import { internalSnapshotCommands } from './commands/internal-snapshot.ts';
import { blockSetIoThrottle } from './commands/io-throttle.ts';
import { jobControlCommands } from './commands/job-control.ts';
import { latencyHistogramSet } from './commands/latency-histogram.ts';
import { machineCommands } from './commands/machine.ts';
import { mediumCommands } from './commands/medium.ts';
import { blockdevMirror } from './commands/mirror.ts';
import { POLICIES, RECORDED_POLICIES } from './commands/new-job.ts';
import { objectCommands } from './commands/objects.ts';
import { qomCommands } from './commands/qom.ts';
import { queryBlockCommands } from './commands/query-block.ts';
import { queryBlockstats } from './commands/query-blockstats.ts';
import { queryMachineCommands } from './commands/query-machine.ts';
import { reopenCommands } from './commands/reopen.ts';
import { blockResize } from './commands/resize.ts';
import { transactionCommands } from './commands/transaction.ts';
import { DAEMON_COMMANDS } from './foreign-commands.ts';
import type { Member, QapiType, QapiUnion } from './qapi.ts';
import { describeSchema } from './schema.ts';

const byName = (commands: readonly QmpCommand[]): ReadonlyMap<string, QmpCommand> =>
  new Map(commands.map((command) => [command.name, command]));

const ALWAYS: readonly QmpCommand[] = [
  ...machineCommands,
  ...queryBlockCommands,
  queryBlockstats,
  ...queryMachineCommands,
  ...blockdevCommands,
  blockdevCreate,
  blockdevAmend,
  latencyHistogramSet,
  ...changeNodeCommands,
  ...internalSnapshotCommands,
  ...reopenCommands,
  ...mediumCommands,
  ...jobControlCommands,
  ...deviceCommands,
  ...dirtyBitmapCommands,
  blockResize,
  ...exportCommands,
  ...chardevCommands,
  ...objectCommands,
  ...qomCommands,
  humanMonitorCommand,
  blockSetIoThrottle,
];

const STARTING: readonly QmpCommand[] = [
  blockdevMirror,
  blockStream,
  blockCommit,
  ...transactionCommands,
  ...driveCommands,
];

/** Removes `retry` from the policies of a job: it exists only with the series applied, and not in `reviewed` mode. */
const withoutRetry = (command: QmpCommand): QmpCommand => ({
  ...command,
  args: 'kind' in command.args ? mapUnion(command.args) : mapMembers(command.args),
});

const mapMembers = (members: readonly Member[]): Member[] =>
  members.map((member) => ({ ...member, type: mapType(member.type) }));

const mapUnion = (union: QapiUnion): QapiUnion => ({
  ...union,
  branches: Object.fromEntries(
    Object.entries(union.branches).map(([name, members]) => [name, mapMembers(members)]),
  ),
});

function mapType(type: QapiType): QapiType {
  if (type === RECORDED_POLICIES) return POLICIES;
  if (typeof type === 'string' || !('kind' in type)) return type;
  switch (type.kind) {
    case 'list':
      return { ...type, of: mapType(type.of) };
    case 'struct':
      return { ...type, members: mapMembers(type.members) };
    case 'union':
      return mapUnion(type);
    case 'alternate':
      return type;
  }
}

/** Lists the commands of a machine that are simulated, not all that QEMU has, so that a client that checks first gets a correct answer. */
const queryCommands: QmpCommand = {
  name: 'query-commands',
  args: [],
  run(vm) {
    const names = vm.isStorageDaemon ? DAEMON_COMMANDS : [...commandsOf(vm).keys()];
    return success(names.map((name) => ({ name })));
  },
};

/** Describes what is simulated; with the series applied it also documents `retry`. */
const querySchema: QmpCommand = {
  name: 'query-qmp-schema',
  args: [],
  run(vm) {
    return describeSchema(commandsOf(vm).values(), vm.build === 'series');
  },
};

const ABOUT = [queryCommands, querySchema];

const WITH_RETRY = byName([...ALWAYS, ...STARTING, ...ABOUT]);
const WITHOUT_RETRY = byName([...ALWAYS, ...STARTING.map(withoutRetry), ...ABOUT]);

/** The commands of qemu-storage-daemon, which has no machine. */
const OF_DAEMON = byName(
  [...WITHOUT_RETRY.values()].filter(({ needsMachine }) => needsMachine !== true),
);

export function commandsOf(vm: Vm): ReadonlyMap<string, QmpCommand> {
  if (vm.isStorageDaemon) return OF_DAEMON;
  return vm.build === 'series' && vm.retryMode === 'recorded' ? WITH_RETRY : WITHOUT_RETRY;
}
