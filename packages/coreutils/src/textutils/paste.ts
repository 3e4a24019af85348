// paste.ts — paste(1).
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { LineReader, openInput } from '../lines.ts';
import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { fail, flushIfFull, quoteIfNeeded, tool, warn } from '../tool.ts';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', 0: '', '\\': '\\' };

function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, {
    short: 'd:sz',
    long: { delimiters: 'd:', serial: 's', 'zero-terminated': 'z' },
  });
  const list = value('d') ?? '\t';
  const delimiters = Array.from(list.matchAll(/\\(.)|([^])/g), ([, escaped, plain]) =>
    escaped === undefined ? (plain ?? '') : (ESCAPES[escaped] ?? escaped),
  );
  if (delimiters.length === 0) delimiters.push('');
  const end = has('z') ? '\0' : '\n';
  const names = operands.length === 0 ? ['-'] : operands;
  const readers: LineReader[] = [];
  let input: LineReader | undefined;
  let status = 0;
  for (const name of names) {
    const file = yield* openInput(t, name);
    if (typeof file === 'string') {
      const message = `${quoteIfNeeded(name)}: ${strerror(file)}`;
      if (!has('s')) fail(t, message);
      yield* warn(t, message);
      status = 1;
      continue;
    }
    // Several `-` share one reader, so they take lines of standard input in turn.
    const reader: LineReader =
      name === '-' && input !== undefined ? input : new LineReader(t, file, { delimiter: end });
    if (name === '-') input = reader;
    readers.push(reader);
  }
  if (has('s')) yield* serial(t, readers, delimiters, end);
  else yield* parallel(t, readers, delimiters, end);
  return status;
}

function* serial(
  t: Tool,
  readers: readonly LineReader[],
  delimiters: readonly string[],
  end: string,
): Task<void> {
  for (const reader of readers) {
    for (let i = 0; ; i++) {
      const line = yield* reader.next();
      if (line === undefined) break;
      t.out.put((i > 0 ? (delimiters[(i - 1) % delimiters.length] ?? '') : '') + line);
    }
    t.out.put(end);
    yield* flushIfFull(t);
  }
}

function* parallel(
  t: Tool,
  readers: readonly LineReader[],
  delimiters: readonly string[],
  end: string,
): Task<void> {
  for (;;) {
    const row: (string | undefined)[] = [];
    for (const reader of readers) row.push(yield* reader.next());
    if (row.every((line) => line === undefined)) return;
    const text = row.map(
      (line = '', i) => (i > 0 ? (delimiters[(i - 1) % delimiters.length] ?? '') : '') + line,
    );
    t.out.put(text.join('') + end);
    yield* flushIfFull(t);
  }
}

export const paste: Program = tool(main);
