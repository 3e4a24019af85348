// human.ts — human-monitor-command: the lines of the human monitor that are simulated. Mirrors monitor/hmp.c, block/monitor/block-hmp-cmds.c.
import type { Blocking } from '../../aio/main-loop.ts';
import { childNode, skipImplicit } from '../../block/node.ts';
import type { Vm } from '../../vm/vm.ts';
import { continueVm, requestReset, requestShutdown, stopVm } from '../../vm/vm.ts';
import type { CommandResult, QmpCommand } from '../command.ts';
import { notSimulated, stringArg, success } from '../command.ts';
import { unknownCommand } from '../human-names.ts';
import { required } from '../qapi.ts';
import { runHumanLine } from './human-lines.ts';
import { humanQemuIo } from './human-qemu-io.ts';
import { humanInfo } from './info.ts';

export const humanMonitorCommand: QmpCommand = {
  name: 'human-monitor-command',
  needsMachine: true,
  args: [required('command-line', 'string')],
  *run(vm, args) {
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
      return said(commitAll(vm, words));
    default:
      return yield* runHumanLine(vm, command, line.slice(command.length));
  }
}

const said = (text: string | null): CommandResult | null => (text === null ? null : success(text));

/** Writing an image into what is below it is simulated where there is nothing to write. */
function commitAll({ layer }: Vm, [name = '']: readonly string[]): string | null {
  if (name === 'all') return layer.backends.length === 0 ? '' : null;
  const blk = layer.backends.find((one) => one.name === name && name !== '');
  if (blk === undefined) return `Device '${name}' not found\r\n`;
  if (!blk.inserted) return `Device '${name}' has no medium\r\n`;
  return childNode(skipImplicit(blk.node), 'backing') === undefined
    ? `'commit' error for '${name}': Operation not supported\r\n`
    : null;
}
