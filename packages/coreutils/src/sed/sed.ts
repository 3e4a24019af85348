// sed.ts — sed(1).
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { closeFile, openInput, readWhole } from '../lines.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { Failure, tool } from '../tool.ts';
import { parseScript } from './parse.ts';
import { runScript } from './run.ts';
import type { Script } from './script.ts';
import { SedError, SedRefusal } from './script.ts';

const SPEC: OptionSpec = {
  short: 'bEe:f:i::nrsuz',
  long: {
    'zero-terminated': 'z',
    binary: 'b',
    expression: 'e:',
    file: 'f:',
    'in-place': 'i::',
    quiet: 'n',
    silent: 'n',
    'regexp-extended': 'E',
    separate: 's',
    unbuffered: 'u',
    'null-data': 'z',
  },
  refused: 'lV',
  refusedLong: ['debug', 'follow-symlinks', 'line-length', 'posix', 'sandbox'],
};

const USAGE = 'Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n';

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const { text, operands, source } = yield* scriptText(t, options);
  const script = parse(t, text, source, options);
  const inPlace = options.value('i');
  return yield* runScript(t, script, {
    names: operands.length === 0 ? ['-'] : operands,
    quiet: options.has('n') || script.quiet,
    separate: options.has('s') || inPlace !== undefined,
    suffix: inPlace,
    delimiter: options.has('z') ? '\0' : '\n',
    unbuffered: options.has('u'),
  });
}

interface ScriptText {
  readonly text: string;
  readonly operands: readonly string[];
  /** The name of the script in messages. */
  readonly source: string;
}

function* scriptText(t: Tool, { given, operands }: Options): Task<ScriptText> {
  const parts: string[] = [];
  let source = '-e expression #1';
  for (const [key, value] of given) {
    if (key === 'e') parts.push(value);
    else if (key === 'f') {
      const file = yield* openInput(t, value);
      if (typeof file === 'string') {
        throw new Failure(`${t.name}: couldn't open file ${value}: ${strerror(file)}\n`, 4);
      }
      const text = yield* readWhole(t, file);
      closeFile(t, file);
      if (typeof text !== 'string') {
        throw new Failure(`${t.name}: couldn't read ${value}: ${strerror(text.errno)}\n`, 4);
      }
      source = `file ${value} line 1`;
      parts.push(text.replace(/\n$/, ''));
    }
  }
  if (parts.length > 0) return { text: parts.join('\n'), operands, source };
  const [text, ...rest] = operands;
  if (text === undefined) throw new Failure(USAGE, 1);
  return { text, operands: rest, source };
}

function parse(t: Tool, text: string, source: string, options: Options): Script {
  const extended = options.has('E') || options.has('r');
  try {
    return parseScript(text, { extended, utf8: t.utf8 });
  } catch (error) {
    if (error instanceof SedRefusal) refuse(t, error.message);
    if (!(error instanceof SedError)) throw error;
    const label = error.char < 0;
    const char = Math.min(error.char, text.length);
    const where = source.startsWith('file') ? `${source}:` : `${source}, char ${char}:`;
    throw new Failure(`${t.name}: ${label ? '' : `${where} `}${error.message}\n`, label ? 4 : 1);
  }
}

export const sed: Program = tool(main, {
  text: (reason) => `couldn't flush stdout: ${reason}`,
  status: 4,
});
