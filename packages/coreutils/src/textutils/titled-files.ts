// titled-files.ts — Shows several files, each under a header with its name, for head(1) and tail(1).
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';

import { closeFile, openInput } from '../lines.ts';
import type { Tool } from '../tool.ts';
import { quoteShell, warn } from '../tool.ts';

type Headers = 'auto' | 'never' | 'always';

/** Decides about headers; the last -q or -v wins. */
export function headersOf(given: Iterable<readonly [key: string, value: string]>): Headers {
  let headers: Headers = 'auto';
  for (const [key] of given) {
    if (key === 'q') headers = 'never';
    else if (key === 'v') headers = 'always';
  }
  return headers;
}

/** Shows all files. Returns exit status 1 if one could not be opened or read; the others are still shown. */
export function* showEach(
  t: Tool,
  operands: readonly string[],
  headers: Headers,
  show: (file: OpenFile) => Task<Errno | undefined>,
): Task<number> {
  const names = operands.length === 0 ? ['-'] : operands;
  const titled = headers === 'always' || (headers === 'auto' && names.length > 1);
  let status = 0;
  let first = true;
  for (const name of names) {
    const shown = name === '-' ? 'standard input' : name;
    const file = yield* openInput(t, name);
    if (typeof file === 'string') {
      yield* warn(t, `cannot open ${quoteShell(shown)} for reading: ${strerror(file)}`);
      status = 1;
      continue;
    }
    if (titled) t.out.put(`${first ? '' : '\n'}==> ${shown} <==\n`);
    first = false;
    const error = yield* show(file);
    closeFile(t, file);
    if (error === undefined) continue;
    yield* warn(t, `error reading ${quoteShell(shown)}: ${strerror(error)}`);
    status = 1;
  }
  return status;
}
