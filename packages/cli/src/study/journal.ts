// journal.ts — The progress of a sweep, in a file beside the one that it will write: a line a run, so that the sweep can be resumed.
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';

import type { RunTask } from '@dmsim/study';

import { reasonOf } from '../reason-of.ts';
import { Refusal } from '../refusal.ts';
import type { SharedStudy } from './runner.ts';

export type Figures = Readonly<Record<string, number>>;

export interface Journal {
  /** By task; what is missing has not been run. */
  readonly done: ReadonlyMap<number, Figures>;
  add(index: number, figures: Figures): void;
  /** The result is written: there is nothing to go on with. */
  remove(): void;
  /** It stays, to go on with. */
  close(): void;
}

export interface JournalOptions {
  readonly path: string;
  /** Go on with what is there; else it is begun anew. */
  readonly resume: boolean;
  readonly shared: SharedStudy;
  readonly tasks: readonly RunTask[];
}

/** The first line tells what study it is of; a line that a crash has torn does not count. */
export function openJournal({ path, resume, shared, tasks }: JournalOptions): Journal {
  // The module of a source is the file as it is now: results of what it was before do not go with those of today.
  const code = shared.sources.map(({ file }) => hash(attempt(file, () => readFileSync(file))));
  const key = hash(JSON.stringify([shared, tasks, code]));
  const done = new Map<number, Figures>();
  let keep = 0;
  if (holdsJournal(path) && resume) keep = readJournal(path, key, done);
  const fd = attempt(path, () => openSync(path, keep > 0 ? EXISTING : NEW));
  let position = keep;
  const append = (value: unknown): void => {
    position += writeSync(fd, `${JSON.stringify(value)}\n`, position);
  };
  if (keep === 0) append({ study: key });
  else ftruncateSync(fd, keep);
  return {
    done,
    add: (index, figures) => append([index, figures]),
    remove() {
      closeSync(fd);
      unlinkSync(path);
    },
    close: () => closeSync(fd),
  };
}

const hash = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

const EXISTING = constants.O_RDWR | constants.O_NOFOLLOW;
const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;

/** Returns false if there is no file. Throws for a file that no sweep has written, and for a link: neither may be overwritten. */
function holdsJournal(path: string): boolean {
  const stat = attempt(path, () => lstatSync(path, { throwIfNoEntry: false }));
  if (stat === undefined) return false;
  const begins = stat.isFile() ? attempt(path, () => readFileSync(path, 'utf8')) : '';
  if (!begins.startsWith('{"study":'))
    throw new Refusal(`${path}: exists, and was not left by an interrupted sweep`);
  return true;
}

/** Returns how many bytes of the file are whole lines. */
function readJournal(path: string, key: string, done: Map<number, Figures>): number {
  const text = attempt(path, () => readFileSync(path, 'utf8'));
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [first = '', ...lines] = whole.split('\n').slice(0, -1);
  if (parse(path, first, 1, isHead).study !== key)
    throw new Refusal(`${path}: belongs to another study: remove it, or leave out --resume`);
  for (const [i, line] of lines.entries()) {
    const [index, figures] = parse(path, line, i + 2, isEntry);
    done.set(index, figures);
  }
  return Buffer.byteLength(whole);
}

const isHead = (value: unknown): value is { study: string } =>
  typeof (value as { study?: unknown } | null)?.study === 'string';

const isEntry = (value: unknown): value is [number, Figures] =>
  Array.isArray(value) && Number.isInteger(value[0]) && typeof value[1] === 'object';

function parse<T>(
  path: string,
  line: string,
  number: number,
  is: (value: unknown) => value is T,
): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (is(value)) return value;
  throw new Refusal(`${path}:${number}: not a line of a sweep that was interrupted`);
}

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new Refusal(`${path}: ${reasonOf(error)}`);
  }
}
