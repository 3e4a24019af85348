// node.ts — The syntax tree of a POSIX regular expression.

export type RegexNode =
  /** One character: a byte, or a code point if characters may have several bytes. */
  | { readonly kind: 'char'; readonly code: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'set'; readonly set: BracketSet }
  /** `\b`, `\B`, `\<` and `\>`. */
  | { readonly kind: 'word'; readonly edge: WordEdge }
  | { readonly kind: 'bol' | 'eol' | 'buffer-start' | 'buffer-end' }
  | { readonly kind: 'group'; readonly number: number; readonly body: RegexNode }
  | { readonly kind: 'reference'; readonly group: number }
  | {
      readonly kind: 'repeat';
      readonly body: RegexNode;
      readonly min: number;
      /** Infinity if there is no limit. */
      readonly max: number;
    }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'alternation'; readonly branches: readonly RegexNode[] };

export type WordEdge = 'b' | 'B' | '<' | '>';

export interface BracketSet {
  readonly negated: boolean;
  /** Inclusive; a single character is a range of one. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
  /** Unicode categories (`L`, `Lu`, …) that belong to the set too; empty if characters are bytes. */
  readonly categories: readonly string[];
}

/** A syntax error, with the message of regerror(3). */
export class RegexError extends Error {
  override readonly name = 'RegexError';
}
