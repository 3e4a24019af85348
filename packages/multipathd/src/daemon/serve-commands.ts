// serve-commands.ts — The thread that answers commands. Mirrors multipathd/uxlsnr.c.
import type { Process, Task } from '@dmsim/sim';
import { waitEvent } from '@dmsim/sim';

import { help } from '../commands/help.ts';
import { parseCommand } from '../commands/parse-command.ts';
import { COMMANDS } from '../commands/registry.ts';
import { answer } from './command-socket.ts';
import type { Daemon } from './daemon.ts';
import { FUTEX, withLock } from './daemon.ts';

/** One after another; the first is answered when the daemon has found its maps. */
export function* serveCommands(_self: Process, daemon: Daemon): Task<number> {
  const { requests, arrived } = daemon.listener;
  yield* waitEvent(daemon.stateChanged, () => daemon.state !== 'configure', FUTEX);
  for (;;) {
    yield* waitEvent(arrived, () => requests.length > 0 || daemon.listener.closed, FUTEX);
    const request = requests.shift();
    if (request === undefined) return 0;
    answer(request, yield* execute(daemon, request.command));
  }
}

function* execute(daemon: Daemon, text: string): Task<string> {
  const parsed = parseCommand(text);
  switch (parsed.kind) {
    case 'ambiguous':
      return 'fail\n';
    case 'not-found':
    case 'missing-argument':
      return help(text, parsed.kind);
    case 'command': {
      const command = COMMANDS.find(({ keys }) => keys === parsed.keys);
      if (command === undefined) return help(text, 'missing-argument');
      const run = () => command.run(daemon, parsed.arguments);
      const reply = command.unlocked === true ? yield* run() : yield* withLock(daemon, run);
      if (typeof reply === 'string' && reply !== '') return reply;
      return reply === false ? 'fail\n' : 'ok\n';
    }
  }
}
