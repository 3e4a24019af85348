// records.ts — What awk reads: the files of ARGV and the assignments among them, cut into records by RS.
import type { OpenFile } from '@dmsim/shell';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import { closeFile, LineReader, openInput, readWhole } from '../lines.ts';
import type { Tool } from '../tool.ts';
import { complain, Failure } from '../tool.ts';
import { assignFromText } from './assignment.ts';
import type { Interpreter } from './interpreter.ts';
import { arrayOf, cellOf, regexOf, setGlobal, splitByRegex, textOf } from './interpreter.ts';
import { toNumber, toText } from './value.ts';

export interface Records {
  readonly t: Tool;
  readonly m: Interpreter;
  arg: number;
  anyFile: boolean;
  file: OpenFile | undefined;
  reader: LineReader | undefined;
  /** Records of a file whose RS is a regex or empty: such a file is read whole. */
  whole: string[] | undefined;
  failed: boolean;
}

export const createRecords = (t: Tool, m: Interpreter): Records => ({
  t,
  m,
  arg: 1,
  anyFile: false,
  file: undefined,
  reader: undefined,
  whole: undefined,
  failed: false,
});

export function* nextRecord(records: Records): Task<string | undefined> {
  for (;;) {
    if (records.file === undefined && !(yield* openNext(records))) return undefined;
    const record = records.whole === undefined ? yield* nextLine(records) : records.whole.shift();
    if (record !== undefined) return record;
    skipFile(records);
  }
}

function* nextLine(records: Records): Task<string | undefined> {
  const { t, reader } = records;
  if (reader === undefined) return undefined;
  const line = yield* reader.next();
  if (line === undefined && reader.error !== undefined) {
    records.failed = true;
    yield* t.out.flush();
    yield* complain(t, `awk: read error: ${strerror(reader.error)}\n`);
  }
  return line;
}

export function skipFile(records: Records): void {
  if (records.file !== undefined) closeFile(records.t, records.file);
  records.file = undefined;
  records.reader = undefined;
  records.whole = undefined;
}

function* openNext(records: Records): Task<boolean> {
  const { m } = records;
  const argv = arrayOf(m, 'ARGV');
  for (;;) {
    const count = toNumber(cellOf(m, 'ARGC').value);
    if (records.arg >= count) {
      if (records.anyFile) return false;
      records.anyFile = true;
      return yield* openFile(records, '-');
    }
    const name = toText(argv.get(String(records.arg++)), '%.6g');
    if (name === '' || assignFromText(m, name)) continue;
    records.anyFile = true;
    if (yield* openFile(records, name)) return true;
  }
}

function* openFile(records: Records, name: string): Task<boolean> {
  const { t, m } = records;
  const file = yield* openInput(t, name);
  if (typeof file === 'string') {
    throw new Failure(`awk: ${name}: ${strerror(file)}\n`, 1);
  }
  setGlobal(m, 'FILENAME', name);
  setGlobal(m, 'FNR', 0);
  records.file = file;
  const separator = textOf(m, 'RS');
  if (separator.length === 1) {
    records.reader = new LineReader(t, file, { delimiter: separator });
    return true;
  }
  const text = yield* readWhole(t, file);
  records.whole = typeof text === 'string' ? cutRecords(m, text, separator) : [];
  return true;
}

/** An empty RS cuts at empty lines. */
function cutRecords(m: Interpreter, text: string, separator: string): string[] {
  if (separator === '') {
    const trimmed = text.replace(/^\n+|\n+$/g, '');
    return trimmed === '' ? [] : trimmed.split(/\n\n+/);
  }
  const records = splitByRegex(text, regexOf(m, separator));
  if (records.at(-1) === '' || records.at(-1) === '\n') records.pop();
  return records;
}
