// pattern-token.ts — The pieces of a pattern, and the characters that each matches.

export type Token =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'any' | 'star' }
  | { readonly kind: 'set'; readonly negated: boolean; readonly matches: readonly SetItem[] }
  | GroupToken;

/** `@(a|b)` and its like, which only an extended pattern has. */
export interface GroupToken {
  readonly kind: 'group';
  readonly operator: '?' | '*' | '+' | '@' | '!';
  readonly alternatives: readonly (readonly Token[])[];
}

export type SetItem = { readonly from: string; readonly to: string } | ((char: string) => boolean);

/** Whether one character matches the token. A group takes more than that, and never gets here. */
export function accepts(token: Token, char: string): boolean {
  switch (token.kind) {
    case 'char':
      return token.char === char;
    case 'any':
    case 'star':
    case 'group':
      return true;
    case 'set': {
      const found = token.matches.some((item) =>
        typeof item === 'function' ? item(char) : char >= item.from && char <= item.to,
      );
      return found !== token.negated;
    }
  }
}
