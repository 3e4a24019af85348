// script.ts — The types of a parsed sed script.
import type { Regex } from '@dmsim/libc';

/** `last` is an empty regular expression, which means the one that was used last at run time. */
export type Pattern = Regex | 'last';

export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'regex'; readonly pattern: Pattern }
  /** `+N`, only as the second address of a range. */
  | { readonly kind: 'plus'; readonly count: number }
  | { readonly kind: 'multiple'; readonly of: number };

/** A piece of the replacement. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  /** Group 0 is `&`. */
  | { readonly kind: 'group'; readonly group: number }
  | { readonly kind: 'case'; readonly letter: 'U' | 'L' | 'E' | 'u' | 'l' };

export interface Substitution {
  readonly pattern: Pattern;
  readonly pieces: readonly Piece[];
  readonly global: boolean;
  readonly print: boolean;
  /** The number of the first match to replace. */
  readonly number: number;
  readonly file: string | undefined;
}

export interface Command {
  readonly first: Address | undefined;
  readonly second: Address | undefined;
  readonly negate: boolean;
  readonly name: string;
  /** The text of `a i c`, the label of `: b t T`, the file of `r R w W`, or the number of `q Q l`. */
  readonly text: string;
  readonly substitution?: Substitution;
  readonly map?: ReadonlyMap<string, string>;
  /** The index of the command after a `{` that does not apply, or of the target of `b t T`. */
  target: number;
  /** Whether the range has begun. */
  active: boolean;
  /** The section of the input (input.ts) that the range is in. */
  section: number;
  /** Whether it began once, if its first address is a line. */
  begun: boolean;
  /** The last line of an active range; Infinity if a pattern ends it. */
  until: number;
}

export interface Script {
  readonly commands: readonly Command[];
  /** The first line is `#n`, which means the option -n. */
  readonly quiet: boolean;
}

/** A syntax error. `char` counts from the start of its `-e` or script file. */
export class SedError extends Error {
  override readonly name = 'SedError';
  readonly char: number;
  constructor(message: string, char: number) {
    super(message);
    this.char = char;
  }
}

/** The script uses a feature of GNU sed that is not supported here. */
export class SedRefusal extends Error {
  override readonly name = 'SedRefusal';
}
