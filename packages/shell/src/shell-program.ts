// shell-program.ts — The programs that are shells: a lab, `bash`, `sh`.
import { decodeBytes, toBytesText } from '@dmsim/libc';
import type { Limits, Process, Task } from '@dmsim/sim';
import { createPrng, NotSupported, setDisposition, SIGNALS, spawn, strerror } from '@dmsim/sim';
import type { OpenFile, Program, ProgramContext } from '@dmsim/vfs';
import { openPath, readAll } from '@dmsim/vfs';

import { builtins } from './builtins/table.ts';
import { HIGHEST_LEVEL, shellLevel } from './levels.ts';
import { printError } from './messages.ts';
import { importFunctions } from './run/exported-functions.ts';
import { runScript } from './run/script.ts';
import { runShell } from './run/subshell.ts';
import { changeOption, changeShopt, flagOfLetter, defaultFlags } from './shell-options.ts';
import type { Shell, ShellOptions, TrapName } from './shell.ts';
import { closeAll } from './shell.ts';
import type { Script, SyntaxNote } from './syntax/ir.ts';
import { parseLab } from './syntax/parse-lab.ts';
import type { Variable } from './variables.ts';
import { createVariable, isName } from './variables.ts';

/** Returns a program that runs a script. `$0` is the script's name, and argv[1] … become `$1` … */
export function shellProgram(script: Script, options: ShellOptions): Program {
  return (context) => {
    const shell = createShell(context, options);
    shell.zero = script.name;
    shell.file = script.name;
    shell.positional = context.argv.slice(1).map(toBytesText);
    if (script.fromCommandLine === true) runsCommandLine(shell);
    return runToEnd(shell, script);
  };
}

/** `bash` and `sh`: a script file, `-c text`, or standard input; `-e -u -x -o option`. */
export function bashProgram(options: ShellOptions): Program {
  return (context) => runBash(createShell(context, options), context);
}

/** The files, environment and tree with which a lab's shell starts. */
export interface LabStart extends Omit<ProgramContext, 'process' | 'argv' | 'exec'> {
  readonly argv?: readonly string[];
}

/** Starts a script in a new process, as init would start `bash lab.sh`. The caller runs the simulation until it ends. */
export function startLab(script: Script, start: LabStart, options: ShellOptions): Process {
  const program = shellProgram(script, options);
  const { sim, env, cwd, root, fds, argv = [script.name] } = start;
  const main = (process: Process): Task<number> =>
    program({ sim, process, argv, env, cwd, root, fds, exec: notHere });
  const shell = spawn(sim, 'bash', main, { isShell: true });
  shell.args = ['bash', ...argv];
  return shell;
}

function runsCommandLine(shell: Shell): void {
  shell.fromCommandLine = true;
  shell.textSource = 'environment';
}

const notHere = (): 'ENOENT' => 'ENOENT';

function runToEnd(shell: Shell, script: Script, mayEnd = false): Task<number> {
  return runShell(shell, (own) => runScript(own, script, mayEnd));
}

/** Debian's `sh` is dash, which forks for the last command of `-c`, too. */
const isBash = ({ argv }: ProgramContext): boolean => !/(?:^|\/)sh$/.test(argv[0] ?? '');

/** Bash ignores QUIT, and shows as ignored what was ignored before it started. */
function signalsAtStart(
  context: ProgramContext,
): Pick<Shell, 'traps' | 'untrappable' | 'outlivesInterrupts'> {
  const { process } = context;
  const untrappable = new Set(process.dispositions.keys());
  const outlivesInterrupts = isBash(context);
  if (outlivesInterrupts && !untrappable.has(SIGNALS.QUIT))
    setDisposition(process, SIGNALS.QUIT, 'ignoreAlone');
  const traps = new Map<TrapName, string>([...untrappable].map((signal) => [signal, '']));
  return { traps, untrappable, outlivesInterrupts };
}

const NO_JOBS = { currentJob: undefined, previousJob: undefined, inheritedJobs: [] };

function createShell(context: ProgramContext, options: ShellOptions): Shell {
  const { sim, process, root, cwd } = context;
  const fds = new Map<number, OpenFile>(context.fds);
  for (const file of fds.values()) file.retain();
  const shell: Shell = {
    sim,
    process,
    root,
    options,
    builtins,
    cwd,
    fds,
    zero: 'bash',
    file: 'bash',
    line: 1,
    lineBase: 0,
    positional: [],
    variables: startVariables(context),
    functions: new Map(),
    aliases: new Map(),
    hashed: new Map(),
    temporaryPaths: 0,
    flags: defaultFlags(),
    otherOptions: new Map(),
    disabled: new Set(),
    lastArgument: toBytesText(context.env.get('_') ?? 'bash'),
    lookedAt: new Map(),
    frames: [],
    calls: [],
    status: 0,
    pipeStatus: [0],
    substitutionStatus: undefined,
    lastBackground: undefined,
    jobs: [],
    substituted: undefined,
    substitutedFiles: [],
    disowned: new Map(),
    directories: [],
    ...signalsAtStart(context),
    ...NO_JOBS,
    listedTraps: undefined,
    trapped: [],
    runningTraps: [],
    trapDepth: 0,
    command: null,
    jump: null,
    loops: 0,
    inputGiven: false,
    inSubstitution: false,
    inParentheses: false,
    functionsMayEnd: false,
    isOneCommand: false,
    textSource: undefined,
    place: 'fork',
    fromCommandLine: false,
    unchecked: 0,
    pid: process.pid,
    subshell: 0,
    traceDepth: 0,
    exitTraceLevels: 0,
    secondsFrom: sim.now,
    optionIndex: 0,
    busy: 0,
    random: { prng: createPrng(sim.seed + process.pid), seed: 0, last: 0 },
  };
  process.origin = shell;
  process.atExit.push(() => closeAll(shell));
  return shell;
}

/** Warns of a level that this shell did not take over from its environment. */
function* checkLevel({ env }: ProgramContext, shell: Shell): Task<void> {
  const level = shellLevel(env.get('SHLVL'), 1);
  if (level < HIGHEST_LEVEL) return;
  const warning = `warning: shell level (${level}) too high, resetting to 1`;
  yield* printError(shell, `bash: ${warning}\n`);
}

/** The directories in which bash looks for programs if its environment names none. */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function startVariables({ env, cwd }: ProgramContext): Map<string, Variable> {
  const variables = new Map<string, Variable>();
  const add = (name: string, value: string, exported: boolean): void => {
    const variable = createVariable(value);
    variable.exported = exported;
    variables.set(name, variable);
  };
  add('IFS', ' \t\n', false);
  add('PS4', '+ ', false);
  add('OPTIND', '1', false);
  (variables.get('OPTIND') as Variable).integer = true;
  add('OPTERR', '1', false);
  add('BASH_VERSION', '5.2.15(1)-release', false);
  add('PATH', DEFAULT_PATH, false);
  for (const [name, value] of env) if (isName(name)) add(name, toBytesText(value), true);
  for (const name of ['_', 'SHELLOPTS', 'BASHOPTS', 'UID', 'EUID', 'PPID']) variables.delete(name);
  const level = shellLevel(env.get('SHLVL'), 1);
  add('SHLVL', String(level < HIGHEST_LEVEL ? level : 1), true);
  add('PWD', cwd, true);
  if (!env.has('OLDPWD')) variables.set('OLDPWD', { ...createVariable(), exported: true });
  return variables;
}

interface Invocation {
  readonly text: string | undefined;
  readonly words: readonly string[];
  readonly fromInput: boolean;
}

function* runBash(shell: Shell, context: ProgramContext): Task<number> {
  yield* checkLevel(context, shell);
  if (isBash(context)) importFunctions(shell, context.env);
  const invocation = parseArguments(shell, context.argv.map(toBytesText));
  if (typeof invocation === 'string') {
    yield* printError(shell, `bash: ${invocation}\n`);
    return 2;
  }
  const { text, words } = invocation;
  // Without a name of its own, a text goes by what the shell was called.
  const [name = toBytesText(context.argv[0] ?? 'bash'), ...positional] = words;
  if (text !== undefined) {
    Object.assign(shell, { zero: name, file: name, positional });
    const script = parseCommandLine(text, name, shell.sim.limits);
    if (script.notes.length > 0 && !isBash(context))
      throw new NotSupported(name, 1, 'a syntax error in the text of `sh -c`');
    runsCommandLine(shell);
    return yield* runToEnd(shell, script, isBash(context));
  }
  if (invocation.fromInput) {
    shell.positional = words;
    shell.textSource = 'main';
    return yield* runInput(shell);
  }
  const file = yield* openPath(context, name, { read: true, write: false });
  if (typeof file === 'string') {
    yield* printError(shell, `bash: ${name}: ${strerror(file)}\n`);
    return file === 'ENOENT' ? 127 : 126;
  }
  const bytes = yield* readAll(shell.process, file);
  file.release(shell.process);
  if (typeof bytes === 'string') {
    yield* printError(shell, `${name}: ${name}: ${strerror(bytes)}\n`);
    return 126;
  }
  Object.assign(shell, { zero: name, file: name, positional });
  return yield* runToEnd(shell, parseLab(decodeBytes(bytes), name, shell.sim.limits));
}

/** Parses the text of `bash -c`. Syntax errors are the only messages in which bash names the source of the text. */
export function parseCommandLine(text: string, name: string, limits?: Limits): Script {
  const script: Script = { ...parseLab(text, name, limits), fromCommandLine: true };
  if (script.notes.length === 0) return script;
  const rename = (note: SyntaxNote): SyntaxNote => {
    if (note.effect.kind === 'go-on') return note;
    const messages = note.messages.map((text) => `${name}: -c${text.slice(name.length)}`);
    return { ...note, messages };
  };
  return { ...script, notes: script.notes.map(rename) };
}

/** Runs a script from standard input. It is read whole first; in bash, its commands could read the rest of the script. */
function* runInput(shell: Shell): Task<number> {
  const input = shell.fds.get(0);
  const bytes = input === undefined ? 'EBADF' : yield* readAll(shell.process, input);
  if (typeof bytes === 'string') return 0;
  return yield* runToEnd(shell, parseLab(decodeBytes(bytes), 'bash', shell.sim.limits));
}

/** Returns a message about a wrong option. */
function parseArguments(shell: Shell, argv: readonly string[]): Invocation | string {
  const words = argv.slice(1);
  const letters = new Set<string>();
  for (;;) {
    const [word = ''] = words;
    if (!/^[-+]./.test(word) && word !== '-') break;
    words.shift();
    if (word === '--' || word === '-') break;
    if (word === '--norc' || word === '--noprofile') continue;
    const problem = takeOptions(shell, word, { letters, words });
    if (problem !== undefined) return problem;
  }
  return invocationOf(words, letters);
}

function invocationOf(words: readonly string[], letters: ReadonlySet<string>): Invocation | string {
  const [text] = words;
  if (!letters.has('c'))
    return { text: undefined, words, fromInput: letters.has('s') || words.length === 0 };
  if (text === undefined) return '-c: option requires an argument';
  return { text, words: words.slice(1), fromInput: false };
}

interface Taken {
  /** Collects `c` and `s`, which say where the script comes from. */
  readonly letters: Set<string>;
  /** The words that follow; an `o` or `O` takes its name from them. */
  readonly words: string[];
}

/** Takes the options of one word, such as `-euo`. Returns a message about a wrong name. */
function takeOptions(shell: Shell, word: string, { letters, words }: Taken): string | undefined {
  const on = word.startsWith('-');
  if (word.startsWith('--')) throw new NotSupported(shell.file, 1, `bash ${word}`);
  for (const letter of word.slice(1)) {
    if (letter === 'c' || letter === 's') letters.add(letter);
    else if (letter === 'o') {
      const name = words.shift() ?? '';
      if (!changeOption(shell, name, on)) return `line 0: bash: ${name}: invalid option name`;
    } else if (letter === 'O') {
      const name = words.shift() ?? '';
      // The script is parsed before that.
      if (name === 'extglob') throw new NotSupported(shell.file, 1, 'bash -O extglob');
      if (!changeShopt(shell, name, on)) return `line 0: ${name}: invalid shell option name`;
    } else setLetter(shell, letter, on);
  }
  return undefined;
}

function setLetter(shell: Shell, letter: string, on: boolean): void {
  const flag = flagOfLetter(letter);
  if (flag === undefined) throw new NotSupported(shell.file, 1, `bash -${letter}`);
  shell.flags[flag] = on;
}
