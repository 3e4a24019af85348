// filter.ts — Reads the input files of line filters one after the other, and reports those that fail.
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import { closeFile, LineReader, openInput, readWhole } from '../lines.ts';
import type { Tool } from '../tool.ts';
import { quoteIfNeeded, warn } from '../tool.ts';

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export interface FilterOptions {
  /** @defaultValue `NAME: ERROR` */
  readonly openMessage?: (name: string, why: string) => string;
}

/** Calls `each` with every readable file as a whole; without names, with standard input. Returns the exit status. */
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

/** Calls `each` with every line as it is read. Returns the exit status. */
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
        if (line === undefined || isCutOff(t, reader)) break;
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

/** Programs that read whole lines drop the beginning of a line whose rest can't be read (readlinebuffer). */
const isCutOff = (t: Tool, { terminated, error }: LineReader): boolean =>
  !terminated && error !== undefined && t.name === 'nl';

/** Splits a text into lines that include their newlines; the last one may have none. */
export const splitLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
