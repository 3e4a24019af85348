// multipathd.ts — multipathd(8): the daemon, and the client of the one that runs. Mirrors multipathd/main.c: main.
import { encodeUtf8, getopt } from '@dmsim/libc';
import type { Task, Wait, WaitQueue } from '@dmsim/sim';
import { createWaitQueue, errnoNumber, millis, sleeping, wakeUp } from '@dmsim/sim';
import type { Program, ProgramContext } from '@dmsim/vfs';
import { writeAll } from '@dmsim/vfs';

import { defaultOf } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { sendCommand } from '../daemon/command-socket.ts';
import { idleUntil } from '../daemon/daemon.ts';
import type { MultipathHost } from '../host.ts';
import { createLog } from '../log.ts';
import { needUdev } from '../refuse.ts';
import { daemonMain } from './daemon-main.ts';
import { converse } from './multipathc.ts';
import type { Output } from './output.ts';
import { withOutput } from './output.ts';

interface Options {
  foreground: boolean;
  /** -s: log lines without the time. */
  withoutTime: boolean;
  verbosity: number | null;
  bindingsReadOnly: boolean;
  /** -w: a thread for the events of each map. */
  threadPerMap: boolean;
  /** -n was given, which does nothing any more, and standard error has the log. */
  ignoresWwids: boolean;
  /** -k with a command, or words after the options. */
  command: string | null;
  interactive: boolean;
}

export function multipathdProgram(host: MultipathHost): Program {
  return (context) => withOutput(context, (output) => main(host, context, output));
}

function* main(host: MultipathHost, context: ProgramContext, output: Output): Task<number> {
  const options = parse(context.argv.slice(1));
  if (typeof options === 'string') {
    output.err(options);
    return 1;
  }
  needUdev(host, context, 'multipathd');
  if (options.ignoresWwids) {
    const log = createLog(host.sim, 0, (line) => output.err(line));
    log.put(0, `WARNING: ignoring deprecated option -n, use 'ignore_wwids = no' instead`);
    yield* output.flushErrors();
  }
  if (options.command !== null || options.interactive) {
    return yield* client(host, context, output, options);
  }
  if (!options.foreground) {
    host.spawnThread('multipathd', (self) => {
      self.args = context.argv;
      return daemonMain(host, self, { hasLogThread: true, write: () => undefined, ...options });
    });
    return 0;
  }
  return yield* foreground(host, context, options);
}

const SHORT = 'Bdik::nsv:w';

/** The options, or the message for a wrong one. */
function parse(args: readonly string[]): Options | string {
  const options: Options = {
    foreground: false,
    withoutTime: false,
    verbosity: null,
    bindingsReadOnly: false,
    threadPerMap: false,
    ignoresWwids: false,
    command: null,
    interactive: false,
  };
  const { given, operands, error } = getopt(args, { short: SHORT, long: {} });
  for (const [letter, value] of given) {
    const message = takeOption(options, letter, value);
    if (message !== undefined) return message;
  }
  if (error !== undefined) return `Invalid argument '${error.option}'\n`;
  // After a bare -k they count for nothing.
  const asksInWords = operands.length > 0 && !options.interactive;
  if (asksInWords && options.command === null) options.command = joined(operands);
  return options;
}

/** Returns the message that ends the program; undefined if none does. */
function takeOption(options: Options, letter: string, value: string): string | undefined {
  switch (letter) {
    case 'd':
      options.foreground = true;
      return undefined;
    case 's':
      options.withoutTime = true;
      return undefined;
    case 'B':
      options.bindingsReadOnly = true;
      return undefined;
    case 'n':
      // Before one of these the warning goes to the journal.
      options.ignoresWwids = options.foreground || options.withoutTime;
      return undefined;
    case 'w':
      options.threadPerMap = true;
      return undefined;
    case 'k':
      options.interactive = value === '';
      options.command = value === '' ? null : value;
      return undefined;
    case 'v':
      if (!/^\d/.test(value)) return '';
      options.verbosity = Number.parseInt(value, 10);
      return undefined;
    default:
      // The real one knows -i to getopt(3) alone, which then names no letter.
      return "Invalid argument '-\0'\n";
  }
}

/** As the client sends it: a word with blanks in quotes, each followed by a blank. */
const joined = (words: readonly string[]): string =>
  `${words.map((word) => (word.includes(' ') ? `"${word}" ` : `${word} `)).join('')}\n`;

/** The time in which the client ends, once it has its answer. The daemon acts on the command meanwhile. */
const END_COST = sleeping(millis(1));

function* client(
  host: MultipathHost,
  context: ProgramContext,
  output: Output,
  { command, verbosity }: Options,
): Task<number> {
  const log = createLog(host.sim, verbosity ?? 2, (line) => output.err(line));
  const config = yield* loadConfig({ process: context.process, root: host.root, log });
  yield* output.flushErrors();
  if (config === null) return 1;
  const timeout = Number(defaultOf(config, 'uxsock_timeout')) + 100;
  if (command === null) return yield* converse(host, context, { output, timeout });
  const answer = yield* sendCommand(host.socket, command, timeout);
  switch (answer.kind) {
    case 'refused':
      return 1;
    case 'timeout':
      output.out('timeout receiving packet\n');
      return 1;
    case 'closed':
      output.out(`error -${errnoNumber(answer.errno)} receiving packet\n`);
      return 1;
    case 'reply':
      output.out(answer.text);
      yield END_COST;
      return answer.text === 'fail\n' ? 1 : 0;
  }
}

/** Runs the daemon in this process. Its log goes to standard error at once, as long as that does not block. */
function* foreground(
  host: MultipathHost,
  { process, fds }: ProgramContext,
  options: Options,
): Task<number> {
  const log: StandardErrorLog = {
    write: (line) => writeAll(process, fds.get(2), encodeUtf8(line)),
    lines: [],
    begun: null,
    moved: createWaitQueue('a log line of multipathd'),
    busy: false,
  };
  host.spawnThread('multipathd: log', () => writeLater(host, log), process);
  host.outliveLab(process);
  const status = yield* daemonMain(host, process, {
    hasLogThread: false,
    write: (line) => writeLine(log, line),
    ...options,
  });
  yield* idleUntil({ host }, log.moved, () => !isBehind(log));
  return status;
}

/** Lines on their way to standard error. A thread writes those that a full pipe holds up. */
interface StandardErrorLog {
  readonly write: (line: string) => Task<unknown>;
  readonly lines: string[];
  /** The first line that had to wait, and for what. */
  begun: { readonly task: Task<unknown>; readonly wait: Wait } | null;
  readonly moved: WaitQueue;
  busy: boolean;
}

const isBehind = ({ lines, begun, busy }: StandardErrorLog): boolean =>
  busy || begun !== null || lines.length > 0;

function writeLine(log: StandardErrorLog, line: string): void {
  if (isBehind(log)) {
    log.lines.push(line);
    return;
  }
  const task = log.write(line);
  const step = task.next('woken');
  if (step.done === true) return;
  log.begun = { task, wait: step.value };
  wakeUp(log.moved);
}

function* writeLater(host: MultipathHost, log: StandardErrorLog): Task<number> {
  for (;;) {
    yield* idleUntil({ host }, log.moved, () => log.begun !== null);
    log.busy = true;
    const { task, wait } = log.begun as NonNullable<StandardErrorLog['begun']>;
    log.begun = null;
    let step = task.next(yield wait);
    while (step.done !== true) step = task.next(yield step.value);
    for (let line = log.lines.shift(); line !== undefined; line = log.lines.shift())
      yield* log.write(line);
    log.busy = false;
    wakeUp(log.moved);
  }
}
