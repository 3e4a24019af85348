// supervise.ts — The process that the user starts. The work is done in another one, which may die of what a lab does: the
// memory of JavaScript can be bounded for a whole process only, and V8 ends that process with its own words.
import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { renameSync } from 'node:fs';

import { EXIT } from '../exit-status.ts';
import { DEFAULT_MEMORY, parseCount } from '../options/counts.ts';
import { catchInterrupts, dieOf, interrupted } from './interrupts.ts';
import { say } from './standard-streams.ts';
import type { LoadingNote, TemporaryNote } from './supervised.ts';
import { SUPERVISED } from './supervised.ts';

/** The part of the allowed memory that V8 may fill with objects; the rest is for buffers and for V8 itself. */
const HEAP_SHARE = 0.6;
/** How long a process that was told to end may take for it: one run, and work of many runs that have begun. */
const PATIENCE_MS = 5000;
const PATIENCE_OF_MANY_MS = 60_000;
/** A second signal comes from a user who waits no longer, unless it is the first by another way: timeout(1) and npx send it twice. */
const SAME_SIGNAL_MS = 500;
/** The most characters that are kept of a dying Node.js's last words. */
const MAX_WORDS = 100_000;

/** Runs `script` with `argv` in a process of its own; resolves to its exit status, or dies of the signal that it died of. */
export function supervise(script: string, argv: readonly string[]): Promise<number> {
  const { stdio, standardError } = descriptors(argv);
  const child = spawn(
    process.execPath,
    [...process.execArgv, ...engineOptions(argv), script, ...argv],
    { stdio, env: { ...process.env, [SUPERVISED]: `${process.pid}:${standardError}` } },
  );
  const ending = passSignalsOn(child, BUSY.has(argv[0] ?? '') ? PATIENCE_OF_MANY_MS : PATIENCE_MS);
  const temporaries = new Map<string, string>();
  const loading = watchLoading(child);
  child.on('message', (note: TemporaryNote | LoadingNote) => {
    if ('loading' in note) loading.noted(note);
    else if (note.done) temporaries.delete(note.temporary);
    else temporaries.set(note.temporary, note.target);
  });
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (words.length < MAX_WORDS) words += text;
  });
  return new Promise((resolve) => {
    child.on('error', ({ message }) => {
      say(`cannot start: ${message}`);
      resolve(EXIT.INTERNAL_ERROR);
    });
    child.on('close', (status, signal) => {
      for (const [temporary, target] of temporaries) putInPlace(temporary, target);
      if (status !== null && status !== CRASHED) resolve(status);
      else resolve(loading.failed() ?? endOf(signal, { words, killed: ending.killed() }));
    });
  });
}

/** These keep every processor busy with runs, from which threads that help the garbage collector would take time. */
const BUSY: ReadonlySet<string> = new Set(['compare', 'sweep', 'explore', 'worker']);

/**
 * By the major version of Node.js, each of which has its own name for it: how often a function has run when V8 optimises it. By itself
 * V8 begins so early that compiling takes more CPU time than a single run, which ends before most of it pays.
 */
const OPTIMISE_LATE: ReadonlyMap<string, string> = new Map([
  ['20', '--interrupt-budget=500000'],
  ['22', '--invocation-count-for-turbofan=20000'],
  ['24', '--invocation-count-for-turbofan=20000'],
]);

/** The same for many runs, which pay for more of it. Node.js 22 and later begin late enough for them by themselves. */
const OPTIMISE_LATER: ReadonlyMap<string, string> = new Map([['20', '--interrupt-budget=200000']]);

function engineOptions(argv: readonly string[]): string[] {
  const isBusy = BUSY.has(argv[0] ?? '');
  const [major = ''] = process.versions.node.split('.');
  const late = (isBusy ? OPTIMISE_LATER : OPTIMISE_LATE).get(major);
  const options = [`--max-old-space-size=${heapMegabytes(argv)}`];
  if (isBusy) options.push('--single-threaded-gc');
  if (late !== undefined) options.push(late);
  return options;
}

/** The exit status of Node.js when V8 gives up, on systems where it does not end by a signal. */
const CRASHED = 134;

/** Descriptors that the user gave as /dev/fd/N keep their numbers; standard error and a channel are added. */
function descriptors(argv: readonly string[]): { stdio: StdioOptions; standardError: number } {
  const stdio: (number | 'ignore' | 'pipe' | 'ipc')[] = [0, 1, 'pipe'];
  for (const word of argv) {
    const given = Number(/^(?:--\w+=)?\/(?:dev|proc\/self)\/fd\/(\d{1,3})$/.exec(word)?.[1] ?? 0);
    if (given < 3) continue;
    while (stdio.length <= given) stdio.push('ignore');
    stdio[given] = given;
  }
  const standardError = stdio.length;
  return { stdio: [...stdio, 2, 'ipc'], standardError };
}

function heapMegabytes(argv: readonly string[]): number {
  const at = argv.findIndex((word) => word === '--max-memory' || word.startsWith('--max-memory='));
  const word = argv[at] ?? '';
  const text = word.includes('=') ? word.slice(word.indexOf('=') + 1) : argv[at + 1];
  // The command itself says so when the text is no size.
  const bytes = at < 0 ? undefined : text === 'none' ? Infinity : parseCount(text ?? '');
  const memory = Math.min(bytes ?? parseCount(DEFAULT_MEMORY) ?? Infinity, MAX_MEMORY);
  return Math.ceil((memory * HEAP_SHARE) / 2 ** 20);
}

/** `none` still leaves the machine alive. */
const MAX_MEMORY = 64 * 2 ** 30;

/** How long the user's modules may take to load; a top-level await that does not settle is told before that. */
const LOAD_MS = 8000;

interface Loading {
  noted(note: LoadingNote): void;
  /** The exit status, if the process was ended because its modules did not load. */
  failed(): number | null;
}

function watchLoading(child: ChildProcess): Loading {
  let timer: NodeJS.Timeout | undefined;
  let late: string | null = null;
  return {
    noted({ loading }) {
      clearTimeout(timer);
      if (loading === null) return;
      // oxlint-disable-next-line no-restricted-globals -- the user's module runs in real time
      timer = setTimeout(() => {
        late = loading;
        child.kill('SIGKILL');
      }, LOAD_MS).unref();
    },
    failed() {
      if (late === null) return null;
      say(`${late}: does not load: it was still running after ${LOAD_MS / 1000} s`);
      return EXIT.REFUSED;
    },
  };
}

interface Ending {
  /** Why the process was killed, after a signal that it did not obey in time; null when it was not. */
  killed(): string | null;
}

function passSignalsOn(child: ChildProcess, patience: number): Ending {
  let why: string | null = null;
  let first: number | null = null;
  const kill = (reason: string): void => {
    why ??= reason;
    child.kill('SIGKILL');
  };
  catchInterrupts((signal) => {
    if (first === null) {
      first = process.uptime();
      child.kill(signal);
      const late = `the run did not end in ${patience / 1000} s and was killed`;
      // oxlint-disable-next-line no-restricted-globals -- a process that does not answer is outside of all simulation
      setTimeout(() => kill(late), patience).unref();
    } else if ((process.uptime() - first) * 1000 > SAME_SIGNAL_MS)
      kill('killed at the second signal');
  });
  return { killed: () => why };
}

/** The process died with the file half written: a trace may end anywhere. */
function putInPlace(temporary: string, target: string): void {
  try {
    renameSync(temporary, target);
  } catch {
    // It had not been made yet, or is in its place already.
  }
}

/** It died, of a signal or of V8's own doing: what to say of it, and the status. */
function endOf(
  signal: NodeJS.Signals | null,
  { words, killed }: { readonly words: string; readonly killed: string | null },
): number {
  const told = interrupted();
  if (signal === 'SIGPIPE' || (signal !== null && signal === told)) {
    dieOf(signal);
    return EXIT.INTERNAL_ERROR;
  }
  if (told !== null) {
    say(`${told}: ${killed ?? 'the run did not end properly'}`);
    dieOf(told);
    return EXIT.INTERNAL_ERROR;
  }
  if (signal === 'SIGKILL' || /heap|out of memory|OOM|Allocation failed/i.test(words)) {
    say('stopped by the limit memory: no more memory (--max-memory raises it, see docs/limits.md)');
    return EXIT.LIMIT;
  }
  const first = words.split('\n').find((line) => /\w/.test(line)) ?? '';
  say(`internal error: the process died${signal === null ? '' : ` of ${signal}`}: ${first.trim()}`);
  say('please report this with the lab and the command line');
  return EXIT.INTERNAL_ERROR;
}
