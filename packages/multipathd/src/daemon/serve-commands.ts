// serve-commands.ts — The thread that answers commands. Mirrors multipathd/uxlsnr.c: uxsock_listen, client_state_machine.
import type { Nanos, Process, Task } from '@dmsim/sim';
import { millis } from '@dmsim/sim';

import type { Arguments, Command, Reply } from '../commands/command.ts';
import { help } from '../commands/help.ts';
import { parseCommand } from '../commands/parse-command.ts';
import { COMMANDS } from '../commands/registry.ts';
import { defaultOf } from '../config/config.ts';
import { traceThread } from '../trace-points.ts';
import type { Request } from './command-socket.ts';
import { answer } from './command-socket.ts';
import type { Daemon } from './daemon.ts';
import { idleUntil, postState } from './daemon.ts';
import { dmTurn } from './map-waiters.ts';
import { holdLock, traceUse } from './vecs-lock.ts';
import { tellOfChange, tellOfWatch } from './watch-config.ts';

/** A client whose command needs the lock, which somebody else has. */
interface Client {
  readonly request: Request;
  readonly text: string;
  readonly run: () => Task<Reply>;
  /** From then on the answer is `timeout`. */
  readonly expires: Nanos;
}

/** Answers no command before the daemon has found its maps. Commands that need no lock overtake those that wait for it. */
export function* serveCommands(self: Process, daemon: Daemon): Task<number> {
  traceThread(self);
  const { listener, vecsLock } = daemon;
  const { requests, arrived, waiting } = listener;
  const clients: Client[] = [];
  yield* idleUntil(daemon, daemon.stateChanged, () => daemon.state !== 'configure');
  daemon.log.put(3, 'uxsock: startup listener');
  for (;;) {
    yield* idleUntil(
      daemon,
      arrived,
      () =>
        requests.length > 0 ||
        listener.closed ||
        listener.configChanges > 0 ||
        listener.watchesAnew ||
        (clients.length > 0 && !vecsLock.locked),
      untilOneExpires(daemon, clients),
    );
    if (daemon.endsWhenWoken) postState(daemon, 'shutdown');
    const told = tellOfChange(daemon) || tellOfWatch(daemon);
    // One that ends reads nothing more.
    const ends = daemon.state === 'shutdown';
    if ((ends || listener.closed) && !told) return 0;
    if (ends) continue;
    yield* tryAgain(daemon, clients);
    const request = requests.shift();
    if (request === undefined || request.abandoned) continue;
    waiting.push(request);
    const client = yield* read(daemon, request);
    if (client !== null) clients.push(client);
  }
}

const untilOneExpires = ({ host }: Daemon, clients: readonly Client[]): Nanos =>
  Math.max(Math.min(...clients.map(({ expires }) => expires)) - host.sim.now, 0);

/** Serves clients that wait for the lock, even one that has hung up: its command was read. */
function* tryAgain(daemon: Daemon, clients: Client[]): Task<void> {
  for (const client of clients.slice()) {
    const { request, text, run, expires } = client;
    if (daemon.host.sim.now >= expires) {
      traceUse(daemon.host, 'gives up', text);
      reply(daemon, request, 'timeout\n');
    } else if (daemon.vecsLock.locked) continue;
    else reply(daemon, request, yield* holdLock(daemon, text, run));
    clients.splice(clients.indexOf(client), 1);
  }
}

/** Answers the request, or returns a client that has to wait for the lock. */
function* read(daemon: Daemon, request: Request): Task<Client | null> {
  const { command: line } = request;
  const parsed = parseCommand(line);
  if (parsed.kind !== 'command') {
    reply(daemon, request, parsed.kind === 'ambiguous' ? false : help(line, parsed.kind));
    return null;
  }
  const command = COMMANDS.find(({ keys }) => keys === parsed.keys);
  if (command === undefined) {
    reply(daemon, request, help(line, 'missing-argument'));
    return null;
  }
  const text = `command: ${line.trim()}`;
  const run = (): Task<Reply> => runCommand(daemon, command, parsed.arguments);
  if (command.unlocked === true) reply(daemon, request, yield* run());
  else if (!daemon.vecsLock.locked) reply(daemon, request, yield* holdLock(daemon, text, run));
  else {
    traceUse(daemon.host, 'waits', text);
    const timeoutMs = Number(defaultOf(daemon.config, 'uxsock_timeout'));
    return { request, text, run, expires: request.sentAt + millis(timeoutMs) };
  }
  return null;
}

function reply({ listener }: Daemon, request: Request, what: Reply): void {
  if (typeof what === 'string' && what !== '') answer(request, what);
  else answer(request, what === false ? 'fail\n' : 'ok\n');
  listener.waiting.splice(listener.waiting.indexOf(request), 1);
}

/** Paths are listed from what the daemon knows; maps are asked for. */
function* runCommand(daemon: Daemon, command: Command, args: Arguments): Task<Reply> {
  if (command.said !== undefined) daemon.log.put(3, `${command.said} (operator)`);
  if (command.unlocked !== true && !command.keys.startsWith('list path')) yield* dmTurn(daemon);
  return yield* command.run(daemon, args);
}
