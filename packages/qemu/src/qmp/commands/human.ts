// human.ts — human-monitor-command: the lines of the human monitor that are simulated. Mirrors monitor/hmp.c, block/monitor/block-hmp-cmds.c.
import type { Blocking } from '../../aio/main-loop.ts';
import type { Vm } from '../../vm/vm.ts';
import { continueVm, requestReset, requestShutdown, stopVm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { failure, notSimulated, numberArg, stringArg, success } from '../command.ts';
import { parseArguments } from '../human-arguments.ts';
import { unknownCommand } from '../human-names.ts';
import { optional, required } from '../qapi.ts';
import { humanCommit } from './human-commit.ts';
import { runHumanLine } from './human-lines.ts';
import { humanQemuIo } from './human-qemu-io.ts';
import { humanInfo } from './info.ts';

export const humanMonitorCommand: QmpCommand = {
  name: 'human-monitor-command',
  needsMachine: true,
  args: [required('command-line', 'string'), optional('cpu-index', 'integer')],
  *run(vm, args) {
    const cpu = numberArg(args, 'cpu-index') ?? 0;
    if (args['cpu-index'] !== undefined && !(cpu >= 0 && cpu < (vm.cpus ?? 1)))
      return failure("Parameter 'cpu-index' expects a CPU number");
    const line = (stringArg(args, 'command-line') ?? '').trim();
    const [command = '', ...words] = line.split(/\s+/u);
    const unknown = unknownCommand([command, ...words]);
    if (unknown !== null) return success(unknown);
    const result = yield* runLine(vm, { command, words, line });
    return result ?? notSimulated(`human-monitor-command ${command}`);
  },
};

interface Line {
  readonly command: string;
  readonly words: readonly string[];
  readonly line: string;
}

/** Null: the line is not simulated. */
function* runLine(vm: Vm, { command, words, line }: Line): Blocking<CommandResult | null> {
  switch (command) {
    case 'info':
      return said(humanInfo(vm, words));
    case 'qemu-io':
      return yield* humanQemuIo(vm, line);
    case 'stop':
    case 's':
      yield* stopVm(vm, 'paused');
      return success('');
    case 'cont':
    case 'c': {
      const refusal = yield* continueVm(vm);
      return success(refusal === null ? '' : `Error: ${refusal}\r\n`);
    }
    case 'system_reset':
      requestReset(vm, 'host-qmp-system-reset');
      return success('');
    case 'quit':
    case 'q':
      requestShutdown(vm, 'host-qmp-quit');
      return success('');
    case 'commit':
      return yield* commit(vm, line);
    default:
      return yield* runHumanLine(vm, command, line.slice(command.length));
  }
}

const said = (text: string | null): CommandResult | null => (text === null ? null : success(text));

function* commit(vm: Vm, line: string): Blocking<CommandResult> {
  const given = parseArguments('commit', 'device:B', line.slice('commit'.length));
  return success(
    typeof given === 'string' ? given : yield* humanCommit(vm, String(given['device'])),
  );
}
