// serve-commands.ts — The thread that answers commands. Mirrors multipathd/uxlsnr.c.
import type { Process, Task } from '@dmsim/sim';
import { millis, wakeUp } from '@dmsim/sim';

import type { Arguments, Command, Reply } from '../commands/command.ts';
import { help } from '../commands/help.ts';
import { parseCommand } from '../commands/parse-command.ts';
import { COMMANDS } from '../commands/registry.ts';
import { defaultOf } from '../config/config.ts';
import { traceThread } from '../trace-points.ts';
import type { Request } from './command-socket.ts';
import { answer } from './command-socket.ts';
import type { Daemon } from './daemon.ts';
import { idleUntil, postState, withLockUntil } from './daemon.ts';
import { dmTurn } from './map-waiters.ts';
import { tellOfChange } from './watch-config.ts';

/** One after another; the first is answered when the daemon has found its maps. */
export function* serveCommands(self: Process, daemon: Daemon): Task<number> {
  traceThread(self);
  const { listener } = daemon;
  const { requests, arrived } = listener;
  yield* idleUntil(daemon, daemon.stateChanged, () => daemon.state !== 'configure');
  for (;;) {
    yield* idleUntil(
      daemon,
      arrived,
      () => requests.length > 0 || listener.closed || listener.configChanged,
    );
    if (daemon.endsWhenWoken) postState(daemon, 'shutdown');
    const told = tellOfChange(daemon);
    // One that ends reads nothing more.
    const request = daemon.state === 'shutdown' ? undefined : requests.shift();
    if (request === undefined) {
      if (told) continue;
      return 0;
    }
    if (request.abandoned) continue;
    request.onGone.push(() => wakeUp(daemon.vecsLock.queue));
    listener.current = request;
    answer(request, yield* execute(daemon, request));
    listener.current = null;
  }
}

function* execute(daemon: Daemon, request: Request): Task<string> {
  const { command: text, sentAt } = request;
  const parsed = parseCommand(text);
  switch (parsed.kind) {
    case 'ambiguous':
      return 'fail\n';
    case 'not-found':
    case 'missing-argument':
    case 'empty':
      return help(text, parsed.kind);
    case 'command': {
      const command = COMMANDS.find(({ keys }) => keys === parsed.keys);
      if (command === undefined) return help(text, 'missing-argument');
      const run = (): Task<Reply> => runCommand(daemon, command, parsed.arguments);
      const until = sentAt + millis(Number(defaultOf(daemon.config, 'uxsock_timeout')));
      const reply =
        command.unlocked === true
          ? yield* run()
          : yield* withLockUntil(
              daemon,
              { text: `command: ${text.trim()}`, until, isOver: () => request.abandoned },
              run,
            );
      if (reply === null) return 'timeout\n';
      if (typeof reply === 'string' && reply !== '') return reply;
      return reply === false ? 'fail\n' : 'ok\n';
    }
  }
}

/** Paths are listed from what the daemon knows; maps are asked for. */
function* runCommand(daemon: Daemon, command: Command, args: Arguments): Task<Reply> {
  if (command.unlocked !== true && !command.keys.startsWith('list path')) yield* dmTurn(daemon);
  return yield* command.run(daemon, args);
}
