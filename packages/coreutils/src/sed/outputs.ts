// outputs.ts — The outputs of sed: standard output or the file edited in place, and the files of w.
import { fromBinary, textOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';
import { createFile } from '@dmsim/vfs';

import { closeFile, LineReader, openInput, readWhole } from '../lines.ts';
import { writeAll } from '../output.ts';
import { baseName, directoryName, joinPath, openForWriting, resolve } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { Failure } from '../tool.ts';

interface Target {
  /** The last line had no newline; it gets one if another line follows. */
  missingNewline: boolean;
  readonly file: OpenFile | undefined;
  text: string;
}

export interface Outputs {
  readonly t: Tool;
  readonly delimiter: string;
  readonly main: Target;
  readonly files: Map<string, Target>;
  /** The readers of `R`. Each continues where it stopped. */
  readonly readers: Map<string, LineReader | undefined>;
  /** The new content of the file edited in place; undefined without -i. */
  inPlace: string[] | undefined;
  put(text: string): void;
}

export function createOutputs(t: Tool, delimiter: string): Outputs {
  const outputs: Outputs = {
    t,
    delimiter,
    main: { missingNewline: false, file: undefined, text: '' },
    files: new Map(),
    readers: new Map(),
    inPlace: undefined,
    put(text) {
      if (outputs.inPlace === undefined) t.out.put(text);
      else outputs.inPlace.push(text);
    },
  };
  return outputs;
}

/** Creates a file of w. This happens before any input is read. */
export function* openOutput(outputs: Outputs, name: string): Task<void> {
  if (outputs.files.has(name) || name === '/dev/stdout') return;
  const { t } = outputs;
  const file = name === '/dev/stderr' ? t.context.fds.get(2) : yield* openForWriting(t, name);
  if (typeof file === 'string') {
    throw new Failure(`${t.name}: couldn't open file ${name}: ${strerror(file)}\n`, 4);
  }
  outputs.files.set(name, { missingNewline: false, file, text: '' });
}

export interface PutOptions {
  /** False for the last line of a file if it has no newline. @defaultValue true */
  readonly terminated?: boolean;
  /** @defaultValue the delimiter of lines */
  readonly end?: string;
  /** A file of w. @defaultValue the main output */
  readonly file?: string;
}

/** Prints a line. */
export function put(outputs: Outputs, line: string, options: PutOptions = {}): void {
  const { terminated = true, end = outputs.delimiter, file } = options;
  const target = (file === undefined ? undefined : outputs.files.get(file)) ?? outputs.main;
  const missing = target.missingNewline ? outputs.delimiter : '';
  const text = missing + line + (terminated ? end : '');
  target.missingNewline = !terminated;
  if (target === outputs.main) outputs.put(text);
  else target.text += text;
}

/** Writes the buffered files of w: at the end of each cycle, and before a file is read. */
export function* flushFiles(outputs: Outputs): Task<void> {
  for (const target of outputs.files.values()) {
    if (target.text === '') continue;
    const { text } = target;
    target.text = '';
    yield* writeAll(outputs.t.process, target.file, fromBinary(text));
  }
}

/** `r`: prints the file unchanged, or nothing if it can't be read. */
export function* putFile(outputs: Outputs, name: string): Task<void> {
  const { t } = outputs;
  const file = yield* openInput(t, name === '/dev/stdin' ? '-' : name);
  if (typeof file === 'string') return;
  const text = yield* readWhole(t, file);
  closeFile(t, file);
  if (typeof text !== 'string' || text === '') return;
  const missing = outputs.main.missingNewline ? outputs.delimiter : '';
  outputs.main.missingNewline = false;
  outputs.put(missing + text);
}

/** `R`: prints the next line of the file, if there is one. */
export function* putNextLineOf(outputs: Outputs, name: string): Task<void> {
  const { t, readers } = outputs;
  if (!readers.has(name)) {
    const file = yield* openInput(t, name === '/dev/stdin' ? '-' : name);
    readers.set(name, typeof file === 'string' ? undefined : new LineReader(t, file));
  }
  const reader = readers.get(name);
  const line = reader === undefined ? undefined : yield* reader.next();
  if (line !== undefined) put(outputs, line);
}

export function beginInPlace(outputs: Outputs): void {
  outputs.inPlace = [];
  outputs.main.missingNewline = false;
}

/** Replaces the old file by the new one. If there is a suffix, the old file is kept under the name that it forms. */
export function* endInPlace(outputs: Outputs, name: string, suffix: string): Task<void> {
  const { t, inPlace } = outputs;
  outputs.inPlace = undefined;
  outputs.main.missingNewline = false;
  const found = resolve(t, name);
  if (typeof found === 'string' || found.node === undefined || inPlace === undefined) return;
  if (suffix !== '') {
    const base = baseName(name);
    const copy = suffix.includes('*') ? suffix.replaceAll('*', base) : base + suffix;
    const target = resolve(t, copy.includes('/') ? copy : joinPath(directoryName(name), copy));
    if (typeof target !== 'string') target.parent.link(target.name, found.node);
  }
  const bytes = fromBinary(inPlace.join(''));
  const error = found.parent.link(found.name, createFile(bytes, found.node.mode));
  if (error !== undefined) {
    throw new Failure(`${t.name}: cannot rename ${textOf(name)}: ${strerror(error)}\n`, 4);
  }
  yield* t.out.flush();
}
