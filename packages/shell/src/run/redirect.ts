// redirect.ts — Applies redirections, in order, to the shell's own files, and undoes them after the command.
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenFile, OpenFlags } from '@dmsim/vfs';
import { openPath, lookupPath, createFile } from '@dmsim/vfs';

import { assignScalar } from '../expand/assign.ts';
import { expandFields, expandText } from '../expand/expand-word.ts';
import { getNamed, setNamed } from '../expand/subscript.ts';
import { complain } from '../messages.ts';
import type { Shell } from '../shell.ts';
import type { NamedRedirect, PlainRedirect, Redirect, Word } from '../syntax/ir.ts';
import { closeSubstituted } from './process-substitution.ts';

/** The previous file of each descriptor, in the order in which they were replaced. */
export type Undo = (readonly [fd: number, old: OpenFile | undefined])[];

/** Applies redirections. If one fails, it prints bash's message, undoes the others and returns undefined. */
export function* applyRedirects(
  shell: Shell,
  redirects: readonly Redirect[],
): Task<Undo | undefined> {
  const undo: Undo = [];
  let message: string | undefined;
  try {
    for (const redirect of redirects) {
      const before = shell.substitutedFiles.length;
      message = yield* apply(shell, undo, redirect);
      closeSubstituted(shell, before);
      if (message !== undefined) break;
    }
  } catch (error) {
    yield* undoRedirects(shell, undo);
    throw error;
  }
  if (message === undefined) return undo;
  yield* undoRedirects(shell, undo);
  yield* complain(shell, message);
  return undefined;
}

export function* undoRedirects(shell: Shell, undo: Undo): Task<void> {
  for (const [fd, old] of undo.toReversed()) {
    yield* close(shell, shell.fds.get(fd));
    if (old === undefined) shell.fds.delete(fd);
    else shell.fds.set(fd, old);
  }
}

/** Keeps the redirections of `exec` without a command: closes the replaced files. */
export function* keepRedirects(shell: Shell, undo: Undo): Task<void> {
  for (const [, old] of undo) yield* close(shell, old);
}

/** close(2): the last one of a disk waits until its pages are written back. */
function* close({ process }: Shell, file: OpenFile | undefined): Task<void> {
  if (file === undefined) return;
  yield* file.linger(process);
  file.release(process);
}

function put(shell: Shell, undo: Undo, fd: number, file: OpenFile | undefined): void {
  undo.push([fd, shell.fds.get(fd)]);
  if (file === undefined) shell.fds.delete(fd);
  else shell.fds.set(fd, file);
}

function apply(shell: Shell, undo: Undo, redirect: Redirect): Task<string | undefined> {
  return redirect.kind === 'named'
    ? applyNamed(shell, redirect)
    : applyPlain(shell, undo, redirect);
}

/** The lowest descriptor that bash gives to a variable (SHELL_FD_BASE). */
const LOWEST_NAMED = 10;

/** The descriptor stays open when the command has ended. */
function* applyNamed(shell: Shell, { name, redirect }: NamedRedirect): Task<string | undefined> {
  if (redirect.kind === 'dup' && redirect.target.literal === '-')
    return yield* closeNamed(shell, name);
  let fd = LOWEST_NAMED;
  while (shell.fds.has(fd)) fd++;
  const message = yield* applyPlain(shell, [], { ...redirect, fd } as PlainRedirect);
  if (message !== undefined) return message;
  if (shell.variables.get(name.replace(/\[.*/s, ''))?.readonly === true) {
    yield* close(shell, shell.fds.get(fd));
    shell.fds.delete(fd);
    yield* complain(shell, `${name}: readonly variable`);
    return `${name}: cannot assign fd to variable`;
  }
  yield* name.includes('[')
    ? setNamed(shell, name, String(fd))
    : assignScalar(shell, name, String(fd), false);
  return undefined;
}

function* closeNamed(shell: Shell, name: string): Task<string | undefined> {
  const value = (yield* getNamed(shell, name)) ?? '';
  if (!/^\d+$/.test(value)) return `${name}: ambiguous redirect`;
  yield* close(shell, shell.fds.get(Number(value)));
  shell.fds.delete(Number(value));
  return undefined;
}

function applyPlain(shell: Shell, undo: Undo, redirect: PlainRedirect): Task<string | undefined> {
  switch (redirect.kind) {
    case 'file': {
      const flags = FLAGS[redirect.operator];
      return openTo(shell, undo, redirect.target, {
        fds: [redirect.fd],
        flags,
        clobber: redirect.operator !== '>',
      });
    }
    case 'both': {
      const flags = FLAGS[redirect.append ? '>>' : '>'];
      const options = { fds: [1, 2], flags, clobber: redirect.append };
      return openTo(shell, undo, redirect.target, options);
    }
    case 'dup':
      return duplicate(shell, undo, redirect);
    case 'text':
      return hereDocument(shell, undo, redirect);
  }
}

type HereDocument = Extract<PlainRedirect, { kind: 'text' }>;

function* hereDocument(shell: Shell, undo: Undo, redirect: HereDocument): Task<undefined> {
  const text = yield* expandText(shell, redirect.body);
  const file = createFile(redirect.newline ? `${text}\n` : text);
  const opened = yield* file.open(shell.process, 'here-document', { read: true, write: false });
  put(shell, undo, redirect.fd, opened as OpenFile);
  return undefined;
}

const FLAGS: Readonly<Record<'<' | '>' | '>>' | '>|' | '<>', OpenFlags>> = {
  '<': { read: true, write: false },
  '>': { read: false, write: true, create: true, truncate: true },
  '>|': { read: false, write: true, create: true, truncate: true },
  '>>': { read: false, write: true, create: true, append: true },
  '<>': { read: true, write: true, create: true },
};

interface OpenTo {
  readonly fds: readonly number[];
  readonly flags: OpenFlags;
  readonly clobber: boolean;
}

function* openTo(
  shell: Shell,
  undo: Undo,
  target: Word,
  { fds, flags, clobber }: OpenTo,
): Task<string | undefined> {
  const path = target.constant ?? (yield* targetText(shell, target));
  if (path === undefined) return `${target.source}: ambiguous redirect`;
  if (!clobber && shell.flags.noclobber && isRegular(shell, path)) {
    return `${path}: cannot overwrite existing file`;
  }
  const file: OpenFile | Errno = yield* openPath(shell, path, flags);
  if (typeof file === 'string') return `${path}: ${strerror(file)}`;
  for (const [i, fd] of fds.entries()) {
    if (i > 0) file.retain();
    put(shell, undo, fd, file);
  }
  return undefined;
}

function isRegular(shell: Shell, path: string): boolean {
  const node = lookupPath(path, shell);
  return typeof node !== 'string' && node.kind === 'file';
}

/** Expands the target, which must be a single word. */
function* targetText(shell: Shell, target: Word): Task<string | undefined> {
  const fields = yield* expandFields(shell, target);
  return fields.length === 1 ? fields[0] : undefined;
}

type Dup = Extract<PlainRedirect, { kind: 'dup' }>;

function* duplicate(shell: Shell, undo: Undo, redirect: Dup): Task<string | undefined> {
  const { fd, input, explicit, target } = redirect;
  const text = target.constant ?? (yield* targetText(shell, target));
  if (text === undefined) return `${target.source}: ambiguous redirect`;
  if (text === '-') {
    put(shell, undo, fd, undefined);
    return undefined;
  }
  if (text === '') return badDescriptor(redirect);
  const match = /^(\d+)(-?)$/.exec(text);
  if (match === null) {
    if (input || explicit) return `${text}: ambiguous redirect`;
    return yield* openTo(shell, undo, target, { fds: [1, 2], flags: FLAGS['>'], clobber: false });
  }
  const from = Number(match[1]);
  if (from === fd) return undefined;
  const file = shell.fds.get(from);
  if (file === undefined) return badDescriptor(redirect);
  file.retain();
  put(shell, undo, fd, file);
  if (match[2] === '-') put(shell, undo, from, undefined);
  return undefined;
}

/** Names a descriptor that is not open by the words for it; if another than the usual one was to become its copy, by that. */
function badDescriptor({ fd, input, target }: Dup): string {
  const isUsual = fd === (input ? 0 : 1) || /^\d+-?$/.test(target.source);
  return `${isUsual ? target.source : fd}: Bad file descriptor`;
}
