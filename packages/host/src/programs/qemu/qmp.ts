// qmp.ts — qmp: sends commands to a VM's monitor and prints replies and events. Linux has no such program.
import {
  parseDuration,
  parseOptions,
  lookup,
  resolve,
  refuse,
  fail,
  failUsage,
  tool,
} from '@dmsim/coreutils';
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import { binaryOf, encodeUtf8, textOf, toBinary } from '@dmsim/libc';
import type { QmpConnection } from '@dmsim/qemu';
import { connectQmp, disconnectQmp, feedQmp } from '@dmsim/qemu';
import type { Task } from '@dmsim/sim';
import { createWaitQueue, lock, seconds, unlock, userWait, wakeUp } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { RunningVm, RunningVms } from './running-vm.ts';
import { eventLine } from './running-vm.ts';

const HELP = `Usage: qmp SOCKET COMMAND...
  or:  qmp --events [--times] SOCKET
  or:  qmp --wait EVENT [--since N] [--timeout SECONDS] SOCKET
Talks to the monitor of a simulated VM. This program is the simulator's own: Linux has none of this name.

Each COMMAND is a QMP command, such as '{"execute": "query-status"}'. qmp negotiates the capabilities itself and
prints the answers, one a line. SOCKET is the path in -qmp unix:SOCKET,server=on,wait=off.

  --events          prints the events so far, which are also in SOCKET.events
  --times           with the time of each, in seconds since the machine was booted
  --wait EVENT      waits for the next event of that name, and prints it
  --since N         also accepts an event that has already come, after the first N events
  --timeout SECONDS waits at most this long

Exit status: 0; 1 if an answer is an error, nothing listens, or the VM ends; 124 if the time is up.
`;

const SPEC: OptionSpec = {
  long: { events: 'events', times: 'times', wait: 'wait:', since: 'since:', timeout: 'timeout:' },
  inOrder: true,
  help: HELP,
};

const TIMED_OUT = 124;

export function qmpProgram(vms: RunningVms): Program {
  return tool((t) => main(t, vms));
}

function* main(t: Tool, vms: RunningVms): Task<number> {
  const { has, value, operands } = parseOptions(t, SPEC);
  const [socket, ...commands] = operands;
  if (socket === undefined) failUsage(t, 'missing operand');
  const running = find(t, vms, socket);
  if (has('events')) {
    for (const event of running.events) t.out.put(binaryOf(eventLine(event, has('times'))));
    return 0;
  }
  const awaited = value('wait');
  if (awaited !== undefined) {
    return yield* waitForEvent(t, running, {
      awaited,
      since: sinceOf(t, value('since')) ?? running.events.length,
      limit: limitOf(t, value('timeout')),
      times: has('times'),
    });
  }
  if (commands.length === 0) failUsage(t, `missing command after '${socket}'`);
  return yield* converse(t, running, commands.map(textOf));
}

function find(t: Tool, vms: RunningVms, socket: string): RunningVm {
  const at = resolve(t, socket);
  const path = typeof at === 'string' ? null : at.path;
  const running = [...vms].findLast((vm) => vm.socket === path && path !== null);
  if (running !== undefined) return running;
  const there = typeof lookup(t, socket) !== 'string';
  return fail(t, `${socket}: ${there ? 'Connection refused' : 'No such file or directory'}`);
}

function limitOf(t: Tool, text: string | undefined): number {
  if (text === undefined) return Infinity;
  return seconds(parseDuration(text) ?? failUsage(t, `invalid time '${text}'`));
}

function sinceOf(t: Tool, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d+$/.test(text) ? Number(text) : failUsage(t, `invalid number of events '${text}'`);
}

interface Awaited {
  readonly awaited: string;
  /** The number of events to skip. */
  readonly since: number;
  readonly limit: number;
  readonly times: boolean;
}

function* waitForEvent(
  t: Tool,
  { events, vm, woken }: RunningVm,
  { awaited, since, limit, times }: Awaited,
): Task<number> {
  const { sim } = t.process;
  const end = sim.now + limit;
  for (let seen = since; ;) {
    for (; seen < events.length; seen++) {
      const event = events[seen];
      if (event?.name !== awaited) continue;
      t.out.put(binaryOf(eventLine(event, times)));
      return 0;
    }
    if (vm.exit !== null || vm.layer.main.stopped.value) return 1;
    if (sim.now >= end) return TIMED_OUT;
    yield* userWait(t.process, { on: `event ${awaited}`, queue: woken, timeout: end - sim.now });
  }
}

interface Talk {
  readonly connection: QmpConnection;
  readonly answers: string[];
  readonly came: ReturnType<typeof createWaitQueue>;
  closed: boolean;
  /** Something that QEMU would do and this simulator can't; null if there was nothing. */
  notSimulated: string | null;
}

/**
 * Sends commands and collects their answers. The monitor has one client at a time, which disconnects when it has its
 * answers.
 */
function* converse(t: Tool, running: RunningVm, commands: readonly string[]): Task<number> {
  yield* lock(running.monitor);
  const talk = connect(running);
  try {
    yield* ask(t, talk, '{"execute": "qmp_capabilities"}');
    let status = 0;
    for (const command of commands) {
      const answer = yield* ask(t, talk, command);
      if (talk.notSimulated !== null) refuse(t, talk.notSimulated);
      if (answer === undefined) return 1;
      t.out.put(`${answer}\n`);
      if (answer.startsWith('{"error"')) status = 1;
    }
    return status;
  } finally {
    disconnectQmp(talk.connection);
    unlock(running.monitor);
  }
}

function connect(running: RunningVm): Talk {
  let pending = '';
  const answers: string[] = [];
  const came = createWaitQueue('an answer of the monitor');
  const connection = connectQmp(running.vm, {
    onBytes: (bytes) => {
      pending += toBinary(bytes);
      const lines = pending.split('\r\n');
      pending = lines.pop() ?? '';
      // Events are left out, because they have a file of their own.
      answers.push(...lines.filter((line) => /^\{"(?:return|error)"/.test(line)));
      wakeUp(came);
    },
    onClose: () => {
      talk.closed = true;
      wakeUp(came);
    },
    onNotSimulated: (what) => {
      talk.notSimulated = what;
    },
  });
  const talk: Talk = { connection, answers, came, closed: false, notSimulated: null };
  running.gone.push(() => {
    talk.closed = true;
    wakeUp(came);
  });
  return talk;
}

/** Sends one command and waits for the answer; undefined if QEMU has ended instead. */
function* ask({ process }: Tool, talk: Talk, text: string): Task<string | undefined> {
  const { answers, came, connection } = talk;
  feedQmp(connection, encodeUtf8(`${text}\n`));
  while (answers.length === 0) {
    if (talk.closed) return undefined;
    yield* userWait(process, { on: came.name, queue: came, timeout: Infinity });
  }
  return answers.shift();
}
