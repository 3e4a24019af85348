// node.ts — What a POSIX regular expression is parsed to.

export type RegexNode =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'set'; readonly set: BracketSet }
  /** `\w \W \s \S \b \B`, and `\<` `\>` by those names. */
  | { readonly kind: 'escape'; readonly name: 'w' | 'W' | 's' | 'S' | 'b' | 'B' | '<' | '>' }
  | { readonly kind: 'bol' | 'eol' | 'buffer-start' | 'buffer-end' }
  | { readonly kind: 'group'; readonly body: RegexNode }
  | { readonly kind: 'reference'; readonly group: number }
  | {
      readonly kind: 'repeat';
      readonly body: RegexNode;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'alternation'; readonly branches: readonly RegexNode[] };

export interface BracketSet {
  readonly negated: boolean;
  /** Inclusive; single characters are ranges of one. Byte values. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** As regerror(3) says it. */
export class RegexError extends Error {
  override readonly name = 'RegexError';
}
