// record-reader.ts — Cuts a file into records by the current value of RS, like busybox's awk_getline.
//
//   RS one character   a record ends before it, or before a NUL
//   RS empty           records are paragraphs, which end at empty lines
//   RS longer          RS is a regular expression; a record ends before its match
//
// A newline at the end of the file is part of the last record, unless RS takes it.
import { toBinary } from '@dmsim/libc';
import type { Regex } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';

import { readBytes } from '../lines.ts';
import type { Tool } from '../tool.ts';

export interface Separator {
  readonly text: string;
  readonly regex: (source: string) => Regex;
}

/** The start and end of a record in the text, and the start of the next one. */
interface Cut {
  readonly from: number;
  readonly end: number;
  readonly next: number;
}

/** The initial size of busybox's buffer. It is visible if awk and a command that it runs read the same file. */
const FIRST_SIZE = 464;

export class RecordReader {
  readonly #t: Tool;
  readonly #file: OpenFile;
  #text = '';
  #size = FIRST_SIZE;
  /** The error of the last read. */
  error: Errno | undefined = undefined;

  constructor(t: Tool, file: OpenFile) {
    this.#t = t;
    this.#file = file;
  }

  /** Returns the next record; undefined at the end, or if reading fails. */
  *next(separator: Separator): Task<string | undefined> {
    this.error = undefined;
    for (let known = 0; ;) {
      const cut = findCut(this.#text, known, separator);
      // A separator at the end of the text might continue in the next block.
      const sure =
        separator.text.length === 1 || (cut !== undefined && cut.next < this.#text.length);
      if (cut !== undefined && sure) return this.#take(cut);
      known = this.#text.length;
      if (yield* this.#fill()) continue;
      if (this.#text === '') return undefined;
      const from = separator.text === '' ? leadingNewlines(this.#text) : 0;
      return this.#take(cut ?? { from, end: known, next: known });
    }
  }

  #take({ from, end, next }: Cut): string {
    const record = this.#text.slice(from, end);
    this.#text = this.#text.slice(next);
    return record;
  }

  *#fill(): Task<boolean> {
    const used = this.#text.length;
    if (used + 128 >= this.#size) this.#size = used + 128 + ((used + 128) >> 1) + 80;
    const bytes = yield* readBytes(this.#t, this.#file, this.#size - used - 1);
    if (typeof bytes === 'string') {
      this.error = bytes;
      this.#text = '';
      return false;
    }
    this.#text += toBinary(bytes);
    return bytes.length > 0;
  }
}

const leadingNewlines = (text: string): number => /^\n*/.exec(text)?.[0].length ?? 0;

/** Finds the next record. Up to `known`, an earlier search has not found the single character. */
function findCut(text: string, known: number, { text: rs, regex }: Separator): Cut | undefined {
  if (text === '') return undefined;
  if (rs.length === 1) {
    const at = text.indexOf(rs, known);
    const nul = text.slice(known, at < 0 ? undefined : at).indexOf('\0');
    const end = nul < 0 ? at : known + nul;
    return end < 0 ? undefined : { from: 0, end, next: end + 1 };
  }
  if (rs === '') {
    const from = leadingNewlines(text);
    const end = text.indexOf('\n\n', from);
    if (end < 0) return undefined;
    return { from, end, next: end + leadingNewlines(text.slice(end)) };
  }
  const match = regex(rs).exec(text);
  return match === undefined ? undefined : { from: 0, end: match.start, next: match.end };
}
