// perform.ts — One command of a schedule, done to the machine as the programs of a lab would do it.
import { deleteDevice, scanHost, setDeviceState } from '@dmsim/block';
import { devResume, devSuspend, tableClear, targetMessage } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import { millis, sendSignal, SIGNALS, sleepFor, spawn, unreachable } from '@dmsim/sim';

import { submitIo } from './io.ts';
import type { Command, SuspendFlags } from './schedule.ts';
import type { World } from './world.ts';
import { findDisks, load, MAP, pathNumber, scsiDevice } from './world.ts';

const KEY = { name: MAP };

export function* perform(world: World, command: Command): Task<void> {
  const { dm, sim } = world.machine;
  switch (command.kind) {
    case 'write':
    case 'read':
      return submitIo(world, { ...command, kind: command.kind });
    case 'path-state': {
      const sdev = scsiDevice(world, command.path);
      if (sdev !== undefined) setDeviceState(sdev, command.state);
      return;
    }
    case 'path-message':
      return message(world, `${command.word} ${pathNumber(world, command.path)}`);
    case 'group-message':
      return message(world, `${command.word} ${command.group}`);
    case 'queueing':
      return message(world, command.word);
    case 'delete':
    case 'rescan':
      return replug(world, command);
    case 'load':
      load(world, MAP, command.table);
      return;
    case 'clear':
      tableClear(dm, KEY);
      return;
    case 'suspend':
      return yield* suspend(world, command);
    case 'resume':
      yield* devResume(dm, KEY, command.flags);
      return;
    case 'swap':
      yield* devSuspend(dm, KEY, command.flags);
      load(world, MAP, command.table);
      yield* devResume(dm, KEY, command.flags);
      return;
    case 'interrupt':
      if (world.suspending !== null) sendSignal(world.suspending, SIGNALS.TERM);
      return;
    case 'sleep':
      yield* sleepFor(millis(command.ms));
      return;
    default:
      void sim;
      unreachable(command);
  }
}

function message({ machine }: World, text: string): void {
  targetMessage(machine.dm, KEY, { sector: 0n, message: text });
}

/** A disk that is unplugged goes when its last command has: whoever wrote `delete` waits for that. */
function replug(world: World, { kind, path }: { kind: 'delete' | 'rescan'; path: number }): void {
  if (kind === 'delete') {
    const sdev = scsiDevice(world, path);
    if (sdev !== undefined) spawn(world.machine.sim, 'delete', () => deleted(deleteDevice(sdev)));
    return;
  }
  const host = world.hosts[path];
  if (host !== undefined) scanHost(host, { channel: null, target: null, lun: null });
  findDisks(world);
}

function* deleted(task: Task<void>): Task<number> {
  yield* task;
  return 0;
}

function* suspend(
  world: World,
  { flags, background }: { readonly flags: SuspendFlags; readonly background: boolean },
): Task<void> {
  const { dm, sim } = world.machine;
  if (!background) {
    yield* devSuspend(dm, KEY, flags);
    return;
  }
  world.suspending = spawn(sim, 'suspend', function* suspendMap() {
    yield* devSuspend(dm, KEY, flags);
    return 0;
  });
}
