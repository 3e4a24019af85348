// filter.ts — What line filters have in common: their files one after the other, complaints about those that fail.
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import { closeFile, LineReader, openInput, readWhole } from './lines.ts';
import type { Tool } from './tool.ts';
import { quoteIfNeeded, warn } from './tool.ts';

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export interface FilterOptions {
  /** @defaultValue `NAME: ERROR` */
  readonly openMessage?: (name: string, why: string) => string;
}

/** Whole files, standard input when none is named; `each` gets those that can be read. Returns the exit status. */
export function* eachText(
  t: Tool,
  names: readonly string[],
  each: (file: TextFile) => Task<void>,
  { openMessage = defaultMessage }: FilterOptions = {},
): Task<number> {
  let status = 0;
  for (const name of names.length === 0 ? ['-'] : names) {
    const text = yield* readNamed(t, name);
    if (typeof text === 'string') yield* each({ name, text });
    else {
      status = 1;
      yield* warn(t, openMessage(name, strerror(text.errno)));
    }
  }
  return status;
}

const defaultMessage = (name: string, why: string): string => `${quoteIfNeeded(name)}: ${why}`;

export function* readNamed(t: Tool, name: string): Task<string | { errno: Errno }> {
  const file = yield* openInput(t, name);
  if (typeof file === 'string') return { errno: file };
  const text = yield* readWhole(t, file);
  closeFile(t, file);
  return text;
}

/** Line by line, as they come. */
export function* eachLine(
  t: Tool,
  names: readonly string[],
  each: (line: string, terminated: boolean) => Task<void>,
  { openMessage = defaultMessage }: FilterOptions = {},
): Task<number> {
  let status = 0;
  for (const name of names.length === 0 ? ['-'] : names) {
    const file = yield* openInput(t, name);
    let error = typeof file === 'string' ? file : undefined;
    if (typeof file !== 'string') {
      const reader = new LineReader(t, file);
      for (;;) {
        const line = yield* reader.next();
        if (line === undefined) break;
        yield* each(line, reader.terminated);
      }
      ({ error } = reader);
      closeFile(t, file);
    }
    if (error === undefined) continue;
    status = 1;
    yield* warn(t, openMessage(name, strerror(error)));
  }
  return status;
}

/** Lines with their newlines; the last may have none. */
export const splitLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
