// records.ts — Reads the records of awk's input: the files of ARGV, with assignments between them.
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';

import { closeFile, openInput } from '../lines.ts';
import type { Tool } from '../tool.ts';
import { Failure } from '../tool.ts';
import { assignFromText } from './assignment.ts';
import type { Interpreter } from './interpreter.ts';
import { arrayOf, cellOf, regexOf, setGlobal, textOf } from './interpreter.ts';
import { AwkError } from './lex.ts';
import type { Separator } from './record-reader.ts';
import { RecordReader } from './record-reader.ts';
import { toNumber, toText } from './value.ts';

export interface Records {
  readonly t: Tool;
  arg: number;
  anyFile: boolean;
  file: OpenFile | undefined;
  reader: RecordReader | undefined;
}

export const createRecords = (t: Tool): Records => ({
  t,
  arg: 1,
  anyFile: false,
  file: undefined,
  reader: undefined,
});

export const separatorOf = (m: Interpreter): Separator => ({
  text: textOf(m, 'RS'),
  regex: (source) => regexOf(m, source),
});

export function countRecord(m: Interpreter): void {
  for (const name of ['NR', 'FNR']) setGlobal(m, name, toNumber(m.globals.get(name)?.value) + 1);
}

export function* nextRecord(m: Interpreter, records: Records): Task<string | undefined> {
  for (;;) {
    const reader = records.reader ?? (yield* openNext(m, records));
    if (reader === undefined) return undefined;
    const record = yield* reader.next(separatorOf(m));
    if (record !== undefined) return record;
    // The record read so far is lost, and END does not run.
    if (reader.error !== undefined) throw new AwkError(strerror(reader.error), 1);
    skipFile(records);
  }
}

/** Reads a record for getline, which stops at the end of a file; only the rules continue with the next one. */
export function* nextOfFile(
  m: Interpreter,
  records: Records,
): Task<{ text: string } | 'end' | 'failed'> {
  const reader = records.reader ?? (yield* openNext(m, records));
  if (reader === undefined) return 'failed';
  const text = yield* reader.next(separatorOf(m));
  if (text === undefined) return reader.error === undefined ? 'end' : 'failed';
  countRecord(m);
  return { text };
}

export function skipFile(records: Records): void {
  if (records.file !== undefined) closeFile(records.t, records.file);
  records.file = undefined;
  records.reader = undefined;
}

function* openNext(m: Interpreter, records: Records): Task<RecordReader | undefined> {
  const argv = arrayOf(m, 'ARGV');
  for (;;) {
    const count = toNumber(cellOf(m, 'ARGC').value);
    if (records.arg >= count) {
      if (records.anyFile) return undefined;
      return yield* openFile(m, records, '-');
    }
    const name = toText(argv.get(String(records.arg++)), '%.6g');
    if (name === '' || assignFromText(m, name)) continue;
    return yield* openFile(m, records, name);
  }
}

function* openFile(m: Interpreter, records: Records, name: string): Task<RecordReader> {
  const { t } = records;
  records.anyFile = true;
  const file = yield* openInput(t, name);
  if (typeof file === 'string') throw new Failure(`awk: ${name}: ${strerror(file)}\n`, 1);
  setGlobal(m, 'FILENAME', name);
  setGlobal(m, 'FNR', 0);
  records.file = file;
  records.reader = new RecordReader(t, file);
  return records.reader;
}
