// tee.ts — tee(1).
import type { Task } from '@dmsim/sim';
import { setDisposition, SIGNALS, strerror } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';

import { readBytes } from '../lines.ts';
import type { OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { writeAll } from '../output.ts';
import { openForWriting } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { quoteIfNeeded, tool, warn, warnErrno } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'ai',
  long: { append: 'a', 'ignore-interrupts': 'i' },
  refused: 'p',
  refusedLong: ['output-error'],
};

function* main(t: Tool): Task<number> {
  const { has, operands } = parseOptions(t, SPEC);
  if (has('i')) setDisposition(t.process, SIGNALS.INT, 'ignore');
  const outputs: [string, OpenFile | undefined][] = [['standard output', t.context.fds.get(1)]];
  let status = 0;
  for (const name of operands) {
    const file = yield* openForWriting(t, name, { append: has('a') });
    if (typeof file === 'string') {
      status = 1;
      yield* warnErrno(t, quoteIfNeeded(name), file);
    } else outputs.push([name, file]);
  }
  const input = t.context.fds.get(0);
  input?.advise('sequential');
  for (;;) {
    const bytes = input === undefined ? 'EBADF' : yield* readBytes(t, input, 8192);
    if (typeof bytes === 'string') {
      yield* warn(t, `read error: ${strerror(bytes)}`);
      return 1;
    }
    if (bytes.length === 0) return status;
    for (const output of outputs.slice()) {
      const error = yield* writeAll(t.process, output[1], bytes);
      if (error === undefined) continue;
      status = 1;
      outputs.splice(outputs.indexOf(output), 1);
      yield* warnErrno(t, quoteIfNeeded(output[0]), error);
    }
    if (outputs.length === 0) return status;
  }
}

export const tee: Program = tool(main);
