// script.ts — What a sed script is parsed to.
import type { Regex } from '@dmsim/libc';

/** An empty regular expression is the one used last, whichever that is at run time. */
export type Pattern = Regex | 'last';

export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'regex'; readonly pattern: Pattern }
  /** As the second of two. */
  | { readonly kind: 'plus'; readonly count: number }
  | { readonly kind: 'multiple'; readonly of: number };

/** A piece of the text that replaces a match. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  /** 0 is `&`. */
  | { readonly kind: 'group'; readonly group: number }
  | { readonly kind: 'case'; readonly letter: 'U' | 'L' | 'E' | 'u' | 'l' };

export interface Substitution {
  readonly pattern: Pattern;
  readonly pieces: readonly Piece[];
  readonly global: boolean;
  readonly print: boolean;
  /** The first one to replace. */
  readonly number: number;
  readonly file: string | undefined;
}

export interface Command {
  readonly first: Address | undefined;
  readonly second: Address | undefined;
  readonly negate: boolean;
  readonly name: string;
  /** Text of `a i c`, label of `: b t T`, file of `r R w W`, number of `q Q l`. */
  readonly text: string;
  readonly substitution?: Substitution;
  readonly map?: ReadonlyMap<string, string>;
  /** Where `{` goes when it does not apply, and where `b t T` go; an index into the script. */
  target: number;
  /** A range that has begun. */
  active: boolean;
  /** Last line of an active range that ends at a line; Infinity when a pattern ends it. */
  until: number;
}

export interface Script {
  readonly commands: readonly Command[];
  /** `#n` on its first line. */
  readonly quiet: boolean;
}

/** `char` counts within the `-e` or file it is in. */
export class SedError extends Error {
  override readonly name = 'SedError';
  readonly char: number;
  constructor(message: string, char: number) {
    super(message);
    this.char = char;
  }
}

/** Something that GNU sed has and this one has not. */
export class SedRefusal extends Error {
  override readonly name = 'SedRefusal';
}
