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
import { humanSnapshot } from './human-snapshots.ts';
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
    if (LISTS.test(line)) return notSimulated(`human-monitor-command ${line}`);
    const result = yield* runLine(vm, { command, words, line });
    return result ?? notSimulated(`human-monitor-command ${command}`);
  },
};

/** They list what there is to add, or a driver's properties. */
const LISTS = /^(?:device|object)_add\s+(?:.*,)?(?:help|\?)$/u;

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
    case 'cont':
    case 'c':
    case 'system_reset':
    case 'quit':
    case 'q':
      return yield* runMachine(vm, command, line);
    case 'commit':
      return yield* commit(vm, line);
    default:
      return (
        said(humanSnapshot(vm, command, line.slice(command.length))) ??
        (yield* runHumanLine(vm, command, line.slice(command.length)))
      );
  }
}

/** Lines without arguments that stop the machine, let it go on, reset it, or end QEMU. */
function* runMachine(vm: Vm, command: string, line: string): Blocking<CommandResult> {
  const names = NAMES.find((each) => each.includes(command)) ?? [command];
  const rest = line.slice(command.length);
  const given = parseArguments(names.join('|'), '', rest, names[0]);
  if (typeof given === 'string') return success(given);
  switch (names[0]) {
    case 'stop':
      yield* stopVm(vm, 'paused');
      break;
    case 'cont': {
      const refusal = yield* continueVm(vm);
      return success(refusal === null ? '' : `Error: ${refusal}\r\n`);
    }
    case 'quit':
      requestShutdown(vm, 'host-qmp-quit');
      break;
    default:
      requestReset(vm, 'host-qmp-system-reset');
  }
  return success('');
}

/** Lines that have a short name, too. */
const NAMES: readonly (readonly string[])[] = [
  ['stop', 's'],
  ['cont', 'c'],
  ['quit', 'q'],
];

const said = (text: string | null): CommandResult | null => (text === null ? null : success(text));

function* commit(vm: Vm, line: string): Blocking<CommandResult> {
  const given = parseArguments('commit', 'device:B', line.slice('commit'.length));
  return success(
    typeof given === 'string' ? given : yield* humanCommit(vm, String(given['device'])),
  );
}
