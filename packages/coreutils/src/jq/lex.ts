// lex.ts — Splits a jq filter into words.

export type JqToken =
  | {
      readonly kind: 'name' | 'field' | 'variable' | 'format' | 'operator';
      readonly text: string;
      readonly at: number;
    }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  /** `parts` holds text, and the source of interpolated filters. */
  | {
      readonly kind: 'string';
      readonly parts: readonly (string | { readonly source: string })[];
      readonly at: number;
    }
  | { readonly kind: 'end'; readonly at: number };

/** The filter is not a sentence of jq's grammar. `at` is the offset of the word that does not fit. */
export class JqSyntaxError extends Error {
  override readonly name = 'JqSyntaxError';
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const WORD =
  /\s+|#[^\n]*|(?<name>[A-Za-z_][\w]*(?:::[A-Za-z_]\w*)*)|\.(?<field>[A-Za-z_]\w*)|\$(?<variable>__loc__|[A-Za-z_]\w*)|@(?<format>[A-Za-z]\w*)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<operator>\?\/\/=?|\.\.|\/\/=|\|=|\+=|-=|\*=|\/=|%=|==|!=|<=|>=|\/\/|[.[\]{}()|,:;=<>+\-*/%?])/y;

export function lex(source: string): JqToken[] {
  const tokens: JqToken[] = [];
  let at = 0;
  while (at < source.length) {
    if (source[at] === '"') {
      const string = lexString(source, at);
      tokens.push({ kind: 'string', parts: string.parts, at });
      at = string.end;
      continue;
    }
    WORD.lastIndex = at;
    const match = WORD.exec(source);
    if (match === null) throw new JqSyntaxError('unexpected INVALID_CHARACTER', at);
    const token = tokenOf(match.groups ?? {}, at);
    if (token !== null) tokens.push(token);
    at = WORD.lastIndex;
  }
  tokens.push({ kind: 'end', at });
  return tokens;
}

const KINDS = ['name', 'field', 'variable', 'format', 'operator'] as const;

function tokenOf(groups: Readonly<Record<string, string | undefined>>, at: number): JqToken | null {
  for (const kind of KINDS) {
    const text = groups[kind];
    if (text !== undefined) return { kind, text, at };
  }
  const { number } = groups;
  return number === undefined ? null : { kind: 'number', value: Number(number), at };
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  '/': '/',
  '\\': '\\',
  '"': '"',
};

type Part = string | { readonly source: string };

function lexString(source: string, start: number): { parts: readonly Part[]; end: number } {
  const parts: Part[] = [];
  let text = '';
  for (let i = start + 1; i < source.length; i++) {
    const char = source[i] as string;
    if (char === '"') return { parts: [...parts, text], end: i + 1 };
    if (char !== '\\') {
      text += char;
      continue;
    }
    const next = source[++i] ?? '';
    if (next === '(') {
      const end = closing(source, i);
      parts.push(text, { source: source.slice(i + 1, end) });
      text = '';
      i = end;
    } else if (next === 'u') {
      text += String.fromCharCode(Number.parseInt(source.slice(i + 1, i + 5), 16));
      i += 4;
    } else {
      const escape = ESCAPES[next];
      if (escape === undefined) throw new JqSyntaxError('invalid escape', i);
      text += escape;
    }
  }
  throw new JqSyntaxError('unexpected end of string', source.length);
}

/** The `)` that closes the `(` at `open`. */
function closing(source: string, open: number): number {
  let depth = 0;
  for (let i = open; i < source.length; i++) {
    const char = source[i];
    if (char === '"') i = lexString(source, i).end - 1;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return i;
  }
  throw new JqSyntaxError('unexpected end of string', source.length);
}
