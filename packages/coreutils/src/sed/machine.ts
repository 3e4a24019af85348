// machine.ts — The state of a running sed.
import type { Regex } from '@dmsim/libc';

import type { Tool } from '../tool.ts';
import { Failure } from '../tool.ts';
import type { Input } from './input.ts';
import type { Outputs } from './outputs.ts';
import type { RunOptions } from './run-options.ts';
import type { Pattern } from './script.ts';

/** Output for the end of the cycle: the text of `a`, a file of `r`, or a line of `R`. */
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
  /** Whether the text in the hold space had a newline. */
  holdTerminated: boolean;
  /** Whether a substitution was made since the last line was read; `t` branches if so. */
  replaced: boolean;
  lastRegex: Regex | undefined;
  appended: Appended[];
  /** The exit status, set when sed must end. */
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
