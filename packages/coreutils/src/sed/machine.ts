// machine.ts — The state of a running sed.
import type { Regex } from '@dmsim/libc';

import type { Tool } from '../tool.ts';
import { Failure } from '../tool.ts';
import type { Input } from './input.ts';
import type { Outputs } from './outputs.ts';
import type { RunOptions } from './run-options.ts';
import type { Pattern } from './script.ts';

/** What to print when the cycle is over: text of `a`, files of `r`, lines of `R`. */
type Appended =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file' | 'line'; readonly name: string };

export interface Machine {
  readonly t: Tool;
  readonly options: RunOptions;
  readonly input: Input;
  readonly outputs: Outputs;
  pattern: string;
  hold: string;
  /** Whether what it holds came with a newline. */
  holdTerminated: boolean;
  /** `t` goes when a substitution was made since the last line was read. */
  replaced: boolean;
  lastRegex: Regex | undefined;
  appended: Appended[];
  /** The exit status, once it is to end. */
  quit: number | undefined;
}

export function patternOf(m: Machine, pattern: Pattern): Regex {
  if (pattern !== 'last') {
    m.lastRegex = pattern;
    return pattern;
  }
  if (m.lastRegex === undefined)
    throw new Failure(`${m.t.name}: no previous regular expression\n`, 1);
  return m.lastRegex;
}
