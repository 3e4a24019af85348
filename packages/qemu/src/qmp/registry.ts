// registry.ts — The commands a monitor knows, by name.
import type { Vm } from '../vm/vm.ts';
import type { QmpCommand } from './command.ts';
import { blockdevCommands } from './commands/blockdev.ts';
import { jobControlCommands } from './commands/job-control.ts';
import { jobStartCommands, withoutRetry } from './commands/job-start.ts';
import { machineCommands } from './commands/machine.ts';
import { queryBlockCommands } from './commands/query-block.ts';

const byName = (commands: readonly QmpCommand[]): ReadonlyMap<string, QmpCommand> =>
  new Map(commands.map((command) => [command.name, command]));

const ALWAYS: readonly QmpCommand[] = [
  ...machineCommands,
  ...queryBlockCommands,
  ...blockdevCommands,
  ...jobControlCommands,
];

const WITH_RETRY = byName([...ALWAYS, ...jobStartCommands]);
const WITHOUT_RETRY = byName([...ALWAYS, ...jobStartCommands.map(withoutRetry)]);

export const commandsOf = (vm: Vm): ReadonlyMap<string, QmpCommand> =>
  vm.build === 'series' && vm.retryMode === 'recorded' ? WITH_RETRY : WITHOUT_RETRY;
