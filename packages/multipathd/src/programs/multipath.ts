// multipath.ts — multipath(8): finds paths, makes maps of them, shows them. Mirrors multipath/main.c.
import type { Task } from '@dmsim/sim';
import type { Program, ProgramContext } from '@dmsim/vfs';
import { ready } from '@dmsim/vfs';

import { loadConfig } from '../config/load-config.ts';
import { sendCommand } from '../daemon/command-socket.ts';
import { filterDevnode } from '../discovery/filter-path.ts';
import type { MultipathHost } from '../host.ts';
import { loadLibraries, tellOpenFiles, unloadLibraries } from '../libraries.ts';
import { createLog } from '../log.ts';
import { checkAliasSettings } from '../names/bindings.ts';
import { needUdev, refuse } from '../refuse.ts';
import type { Session } from '../session.ts';
import { programSession } from '../session.ts';
import { createMaps } from './multipath-create.ts';
import { dumpConfig, printWholeConfig } from './multipath-dump-config.ts';
import { flushAll, flushOne } from './multipath-flush.ts';
import { listMaps } from './multipath-list.ts';
import type { MultipathOptions } from './multipath-options.ts';
import { parseOptions } from './multipath-options.ts';
import { checkUsablePaths } from './multipath-usable-paths.ts';
import { usage } from './multipath-usage.ts';
import { checkValidPath } from './multipath-valid-path.ts';
import { addWwid, dropWwid, resetWwidsFile } from './multipath-wwids.ts';
import type { Output } from './output.ts';
import { withOutput } from './output.ts';
import type { Reference } from './reference.ts';
import { bareName, referenceTo } from './reference.ts';

/** One call of multipath. */
export interface Run {
  readonly session: Session;
  readonly options: MultipathOptions;
  readonly output: Output;
  /** The device on the command line; null: none. */
  readonly reference: Reference | null;
}

export function multipathProgram(host: MultipathHost): Program {
  return (context) => withOutput(context, (output) => main(host, context, output));
}

function* main(host: MultipathHost, context: ProgramContext, output: Output): Task<number> {
  needUdev(host, context, 'multipath');
  const { process, argv } = context;
  const log = createLog(host.sim, 2, (line) => output.err(line));
  const config = yield* loadConfig({ process, root: host.root, log });
  if (config === null) return 1;
  const parsed = parseOptions(argv.slice(1));
  if (parsed.kind === 'usage') {
    output.out(parsed.out ?? '');
    output.err((parsed.err ?? '') + usage(argv[0] ?? 'multipath'));
    return parsed.status;
  }
  const { options } = parsed;
  log.verbosity = options.verbosity ?? Number(config.defaults.get('verbosity') ?? 2);
  // Its messages for udev go to syslog.
  if (options.fromUdev) log.verbosity = -1;
  config.defaults.set('retrigger_tries', 0);
  config.defaults.set('force_sync', 'yes');
  if (options.bindingsFile !== null) config.defaults.set('bindings_file', options.bindingsFile);
  if (options.ignoreWwids) ignoreWwids(config.defaults);
  const { groupingPolicy, allowQueueing, bindingsReadOnly } = options;
  const session: Session = {
    ...programSession({ host, log, process, config }),
    cwd: context.cwd,
    groupingPolicy,
    allowQueueing,
    bindingsReadOnly,
  };
  return yield* run(session, context, { options, output });
}

function ignoreWwids(defaults: Map<string, string | number>): void {
  const mode = defaults.get('find_multipaths') ?? 'strict';
  if (mode === 'on' || mode === 'strict') defaults.set('find_multipaths', 'smart');
  else if (mode === 'off') defaults.set('find_multipaths', 'greedy');
}

function* run(
  session: Session,
  context: ProgramContext,
  { options, output }: Pick<Run, 'options' | 'output'>,
): Task<number> {
  const { log } = session;
  const { command, device } = options;
  if (command === 'print-config') return printWholeConfig(session, output);
  tellOpenFiles(log);
  const reference =
    device === null || options.fromUdev ? null : referenceTo(session, context, device);
  if (device !== null && reference === null && !options.fromUdev) {
    log.put(0, `'${device}' is not a valid argument\n`);
    return 1;
  }
  const call: Run = { session, options, output, reference };
  if (command === 'usable-paths') return yield* checkUsablePaths(call, context);
  if (command === 'valid-path') return yield* checkValidPath(call);
  const missing = missingOperand(call);
  if (missing !== null) {
    log.put(0, missing);
    return 1;
  }
  const delegated = yield* delegate(call);
  if (delegated !== null) return delegated;
  if (!(yield* checkAliasSettings(session))) {
    output.err('fatal configuration error, aborting');
    return 1;
  }
  loadLibraries(session);
  const status = yield* perform(call);
  unloadLibraries(session);
  return status;
}

const WITHOUT_DEVICE: ReadonlySet<string> = new Set([
  'remove-wwid',
  'reset-wwids',
  'flush-one',
  'flush-all',
]);

/** What is left of a node's path below /dev is taken for its name. */
function isBlacklisted({ session, options: { command }, reference }: Run): boolean {
  if (reference?.kind !== 'devnode' || WITHOUT_DEVICE.has(command)) return false;
  return filterDevnode(session, bareName(reference.word.trimEnd()));
}

/** The message of a command without the operand that it needs. */
function missingOperand({ options: { command }, reference }: Run): string | null {
  if (command === 'remove-wwid' && reference === null) return 'the -w option requires a device';
  if (command === 'flush-one' && reference?.kind !== 'map') {
    return 'the -f option requires a map name to remove';
  }
  return null;
}

function perform(call: Run): Task<number> {
  if (isBlacklisted(call)) return ready(1);
  switch (call.options.command) {
    case 'create':
    case 'dry-run':
      return createMaps(call);
    case 'list-short':
    case 'list-long':
      return listMaps(call);
    case 'flush-one':
      return flushOne(call);
    case 'flush-all':
      return flushAll(call);
    case 'dump-config':
      return dumpConfig(call);
    case 'add-wwid':
      return addWwid(call);
    case 'remove-wwid':
      return dropWwid(call);
    case 'reset-wwids':
      return resetWwidsFile(call);
    case 'valid-path':
    case 'usable-paths':
    case 'print-config':
      return refuse(call.options.command);
  }
}

/** Asks the daemon to do it, if one runs. Returns the exit status; null if multipath has to do it itself. */
function* delegate({ session, options, output, reference }: Run): Task<number | null> {
  if (options.skipDelegate) return null;
  const command = delegatedCommand(options, reference);
  if (command === null) return null;
  const timeout = Number(session.config.defaults.get('uxsock_timeout') ?? 4000);
  if (session.host.socket.listener !== null) {
    session.log.put(3, 'delegating command to multipathd');
  }
  const answer = yield* sendCommand(session.host.socket, command, timeout);
  const mayRetry = command.startsWith('del');
  switch (answer.kind) {
    case 'refused':
      return null;
    case 'timeout':
    case 'closed':
      session.log.put(1, `error in multipath command ${command}: Success`);
      return mayRetry ? null : 1;
    case 'reply': {
      const ok = answer.text !== 'fail\n';
      if (!ok && mayRetry) return null;
      if (answer.text !== 'ok\n') output.out(answer.text);
      return ok ? 0 : 1;
    }
  }
}

function delegatedCommand(options: MultipathOptions, reference: Reference | null): string | null {
  if (options.command === 'create' && options.forceReload) return 'reconfigure all';
  if (options.command === 'flush-one' && reference?.kind === 'map') {
    return `del map ${reference.name}`;
  }
  return options.command === 'flush-all' ? 'del maps' : null;
}
