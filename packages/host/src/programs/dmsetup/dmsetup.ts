// dmsetup.ts — dmsetup(8) 1.02.185: reads the command line, finds the command, carries it out for each device.
import { refuse, complain, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import { checkSignals, seconds, userWait } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';
import type { Program } from '@dmsim/vfs';
import { lookupPath } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { controlNode } from '../../tree/dev.ts';
import type { Command } from './commands.ts';
import { COMMANDS } from './commands.ts';
import { parseNaming } from './commands/deps.ts';
import { dmstatsProgram } from './dmstats.ts';
import { addMissingNode, bypassesUdev, waitForUdev } from './nodes.ts';
import { createFilter, createReport } from './report/setup.ts';
import type { Run } from './run.ts';
import { logError, perform } from './run.ts';
import type { Switches } from './switches.ts';
import { parseSwitches, UNITS } from './switches.ts';
import { parseTreeOptions } from './tree/tree-drawing.ts';
import { USAGE } from './usage.ts';

export function dmsetupProgram(machine: Machine): Program {
  const dmsetup = tool((t) => main(t, machine));
  return (context) => {
    const { argv } = context;
    if (argv[1] !== 'stats' || argv.length <= 2) return dmsetup(context);
    // Made when it is called: the page loads it after others.
    return dmstatsProgram(machine)({ ...context, argv: argv.slice(1) });
  };
}

const BAD_LINE = "Couldn't process command line.";

function* main(t: Tool, machine: Machine): Task<number> {
  const switches = parseSwitches(t);
  if ('error' in switches) {
    yield* complain(t, `${switches.error}\n${BAD_LINE}\n`);
    return 1;
  }
  const run: Run = {
    tool: t,
    machine,
    dm: machine.dm,
    switches,
    report: null,
    selection: null,
    conciseOutput: false,
    cookies: [],
    nodesToAdd: [],
  };
  const always = switches.has('h') ? 'help' : switches.has('version') ? 'version' : undefined;
  if (always !== undefined) {
    yield* carryOut(run, find(always) as Command, []);
    return 0;
  }
  const [word, ...args] = switches.operands;
  if (word === undefined) return yield* wrongCall(t, '');
  const command = find(word);
  if (command === undefined) return yield* wrongCall(t, 'Unknown command.\n');
  if (args.length < command.min || args.length > command.max) {
    return yield* wrongCall(t, 'Incorrect number of arguments.\n');
  }
  return (yield* prepare(run, command)) && (yield* carryOut(run, command, args)) ? 0 : 1;
}

/** Checks -o and -c. False if they make no sense; the error has been printed. */
function* prepare(run: Run, command: Command): Task<boolean> {
  const { switches, tool: t } = run;
  const problem = checkOptions(command, switches);
  if (problem !== undefined) {
    yield* complain(t, `${problem}\n${BAD_LINE}\n`);
    return false;
  }
  if (!UNITS.test(switches.value('units') ?? 'h'))
    return yield* logError(run, 'Invalid --units argument.');
  if (!switches.has('c') && command.name !== 'splitname') return yield* chooseDevices(run, command);
  run.report = yield* createReport(run, command.name);
  return run.report !== null;
}

/** -S of a command without -c. False if the selection makes no sense; -S help picks no device. */
function* chooseDevices(run: Run, { selects }: Command): Task<boolean> {
  if (!selects || !run.switches.has('S')) return true;
  const filter = yield* createFilter(run);
  if (filter === 'wrong') return false;
  run.selection = filter === 'help' ? () => ready(false) : filter;
  return true;
}

const BY_NAME: ReadonlyMap<string, Command> = new Map(
  COMMANDS.map((command) => [command.name, command]),
);

const find = (word: string): Command | undefined => BY_NAME.get(word);

function* wrongCall(t: Tool, why: string): Task<number> {
  yield* complain(t, why + USAGE);
  return 1;
}

/** The meaning of -o depends on the command: fields, naming or tree options. */
function checkOptions({ name }: Command, switches: Switches): string | undefined {
  const list = switches.value('o') ?? '';
  if (switches.has('tree')) {
    const options = parseTreeOptions(list);
    return 'error' in options ? options.error : undefined;
  }
  if (switches.has('c') || name === 'splitname') return undefined;
  const naming = parseNaming(list);
  return typeof naming === 'object' ? naming.error : undefined;
}

function* carryOut(run: Run, command: Command, args: readonly string[]): Task<boolean> {
  const { switches, tool: t } = run;
  makeControlNode(t);
  if (command.tellsUdev && bypassesUdev(run)) yield* logError(run, BYPASSED);
  // --interval alone goes on for ever, and so does --count 0.
  const usual = switches.has('interval') ? 0 : 1;
  const times = switches.has('count') ? switches.number('count') : usual;
  const started = t.process.sim.now;
  for (let done = 1; ; done++) {
    const ok = yield* once(run, command, args);
    if (!ok || done === times) return ok;
    if (run.report !== null) t.out.put('\n');
    yield* waitInterval(run, started, done);
  }
}

/** Makes the node of the driver's calls, if it is not there (libdevmapper). */
function makeControlNode({ context: { root } }: Tool): void {
  const directory = lookupPath('/dev/mapper', { root, cwd: '/' });
  if (typeof directory === 'string' || directory.kind !== 'directory') return;
  if (directory.lookup('control') === undefined) directory.link('control', controlNode);
}

const BYPASSED =
  'Udev is running and DM_DISABLE_UDEV environment variable is set. ' +
  'Bypassing udev, device-mapper library will manage device nodes in device directory.';

function* once(run: Run, command: Command, args: readonly string[]): Task<boolean> {
  const ok = yield* repeat(run, command, args);
  yield* waitForUdev(run);
  for (const { name, cell } of run.nodesToAdd.splice(0)) yield* addMissingNode(run, cell, name);
  if (!ok) yield* logError(run, 'Command failed.');
  if (run.conciseOutput) run.tool.out.put('\n');
  if (run.report !== null) run.tool.out.put(run.report.text());
  return ok;
}

/** --interval: a timer that began with the first round. */
function* waitInterval({ switches, tool: t }: Run, started: number, done: number): Task<void> {
  yield* t.out.flush();
  const { process } = t;
  const interval = seconds(switches.has('interval') ? switches.number('interval') : 1);
  const left = (): number => Math.max(0, started + done * interval - process.sim.now);
  while (left() > 0) {
    yield* userWait(process, { on: 'the next interval', queue: null, timeout: left() });
    checkSignals(process);
  }
}

/** Stops after the first device for which it fails. */
function* repeat(
  run: Run,
  { name, run: fn, repeats }: Command,
  args: readonly string[],
): Task<boolean> {
  const { switches, tool: t } = run;
  if (fn === null) refuse(t, `dmsetup ${name}`);
  if (!repeats) return yield* perform(fn, run, { args, multiple: false });
  const byOther = switches.has('u') || switches.has('j');
  const several = args.length === 0 ? !byOther : args.length > 1;
  const multiple = several || run.selection !== null;
  for (let i = 0; i < Math.max(1, args.length); i++) {
    if (!(yield* perform(fn, run, { args: args.slice(i), multiple }))) return false;
  }
  return true;
}
