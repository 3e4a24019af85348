// directory-stack.ts — pushd, popd, dirs: the directories that a shell keeps to come back to. Mirrors bash's pushd.def.
import type { Task } from '@dmsim/sim';

import { complain, printOutput } from '../messages.ts';
import { getParameter } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { goTo } from './directory.ts';
import { internalGetopt } from './internal-getopt.ts';
import { invalidOption, printUsage } from './usage.ts';

/** All of them, the current one first. */
const stackOf = ({ cwd, directories }: Shell): readonly string[] => [cwd, ...directories];

export const pushDirectory: Builtin = function* (shell, args) {
  const parsed = yield* parse(shell, args);
  if (typeof parsed === 'number') return parsed;
  const { stays, word } = parsed;
  if (word !== undefined && !isIndex(word)) return yield* push(shell, parsed);
  const stack = stackOf(shell);
  const at = word === undefined ? 1 : indexOf(word, stack.length);
  if (at >= stack.length || at < 0) {
    const problem =
      word === undefined
        ? 'no other directory'
        : stack.length === 1
          ? 'directory stack empty'
          : `${word}: directory stack index out of range`;
    yield* complain(shell, `pushd: ${problem}`);
    return 1;
  }
  // Without a word the first two change places; with one, all of them are turned round.
  const [top = '', second = ''] = stack;
  const turned =
    word === undefined
      ? [second, top, ...stack.slice(2)]
      : [...stack.slice(at), ...stack.slice(0, at)];
  return yield* become(shell, 'pushd', turned, stays);
};

/** Like `cd -`, `pushd -` tells where that is. */
function* push(shell: Shell, { word: name, stays }: Request): Task<number> {
  const isOld = name === '-';
  const word = (isOld ? getParameter(shell, 'OLDPWD') : name) ?? '-';
  if (stays) {
    shell.directories = [word, ...shell.directories];
    return yield* show(shell, 'pushd');
  }
  const before = shell.cwd;
  const status = yield* goTo(shell, 'pushd', word);
  if (status !== 0) return status;
  if (isOld) yield* printOutput(shell, 'pushd', `${shell.cwd}\n`);
  shell.directories = [before, ...shell.directories];
  return yield* show(shell, 'pushd');
}

export const popDirectory: Builtin = function* (shell, args) {
  const parsed = yield* parse(shell, args);
  if (typeof parsed === 'number') return parsed;
  const { stays, word } = parsed;
  if (word !== undefined && !isIndex(word)) {
    yield* complain(shell, `popd: ${word}: invalid argument`);
    return yield* printUsage(shell, 'popd');
  }
  const stack = stackOf(shell);
  const at = word === undefined ? (stays ? 1 : 0) : indexOf(word, stack.length);
  if (stack.length === 1 || at < 0 || at >= stack.length) {
    const isEmpty = stack.length === 1;
    const problem = isEmpty
      ? 'directory stack empty'
      : `${word}: directory stack index out of range`;
    yield* complain(shell, `popd: ${problem}`);
    return 1;
  }
  const left = stack.toSpliced(at, 1);
  return yield* become(shell, 'popd', left, stays || at !== 0);
};

/** Makes `stack` the directories, and goes to the first of them. */
function* become(
  shell: Shell,
  name: string,
  stack: readonly string[],
  stays: boolean,
): Task<number> {
  const [top, ...rest] = stack;
  if (!stays && top !== undefined) {
    const status = yield* goTo(shell, name, top);
    if (status !== 0) return status;
  }
  shell.directories = rest;
  return yield* show(shell, name);
}

const isIndex = (word: string): boolean => /^[+-]\d+$/.test(word);

/** `+N` counts from the first, `-N` from the last. */
const indexOf = (word: string, length: number): number =>
  word.startsWith('+') ? Number(word) : length - 1 + Number(word);

interface Request {
  /** -n: the directory stays the current one. */
  readonly stays: boolean;
  readonly word: string | undefined;
}

function* parse(shell: Shell, args: readonly string[]): Task<Request | number> {
  const [name = ''] = args;
  const words = args.slice(1);
  const stays = words[0] === '-n';
  const rest = words.slice(stays ? 1 : 0);
  if (/^-./.test(rest[0] ?? '') && rest[0] !== '--' && !isIndex(rest[0] ?? '')) {
    yield* complain(shell, `${name}: ${rest[0]}: invalid number`);
    return yield* printUsage(shell, name);
  }
  const [word, extra] = rest[0] === '--' ? rest.slice(1) : rest;
  if (extra !== undefined) {
    yield* complain(shell, `${name}: too many arguments`);
    return 1;
  }
  return { stays, word };
}

/** `-1` is an index, not an option. */
const isPlace = (word: string): boolean => /^[+-]\d+$/.test(word);

export const listDirectories: Builtin = function* (shell, args) {
  const options = args.filter((word) => !isPlace(word));
  const parsed = yield* internalGetopt(shell, options, { short: 'clpv' });
  if (typeof parsed === 'number') return parsed;
  const letters = new Set(parsed.given.map(([key]) => key));
  if (letters.has('c')) {
    shell.directories = [];
    return 0;
  }
  const [wrong] = parsed.operands;
  if (wrong !== undefined) return yield* invalidOption(shell, 'dirs', wrong);
  const shown = stackOf(shell).map((path) => (letters.has('l') ? path : abbreviate(shell, path)));
  const place = args.findLast(isPlace);
  if (place !== undefined) return yield* showOne(shell, place, { shown, v: letters.has('v') });
  const text = letters.has('v')
    ? shown.map((path, i) => `${String(i).padStart(2)}  ${path}\n`).join('')
    : `${shown.join(letters.has('p') ? '\n' : ' ')}\n`;
  return yield* printOutput(shell, 'dirs', text);
};

interface Shown {
  readonly shown: readonly string[];
  /** Its number stands before it. */
  readonly v: boolean;
}

function* showOne(shell: Shell, place: string, { shown, v }: Shown): Task<number> {
  const at = indexOf(place, shown.length);
  const path = shown[at];
  if (path !== undefined)
    return yield* printOutput(shell, 'dirs', `${v ? `${String(at).padStart(2)}  ` : ''}${path}\n`);
  const isEmpty = shell.directories.length === 0;
  const problem = `${place.slice(1)}: directory stack index out of range`;
  yield* complain(shell, `dirs: ${isEmpty ? 'directory stack empty' : problem}`);
  return 1;
}

const show = (shell: Shell, name: string): Task<number> =>
  printOutput(
    shell,
    name,
    `${stackOf(shell)
      .map((path) => abbreviate(shell, path))
      .join(' ')}\n`,
  );

/** The home directory is shown as `~`. */
function abbreviate(shell: Shell, path: string): string {
  const home = getParameter(shell, 'HOME') ?? '';
  if (home.length <= 1 || !`${path}/`.startsWith(`${home}/`)) return path;
  return `~${path.slice(home.length)}`;
}
