// reader.ts — The state of bash's parser while it checks a text: where it is, the last tokens, and what may come next.

/** Reserved words and operators are their own text. */
export type Token =
  | ReservedWord
  | Operator
  | 'WORD'
  | 'ASSIGNMENT'
  | 'NUMBER'
  /** `{name}` before a redirection */
  | 'DESCRIPTOR'
  /** `((…))` */
  | 'ARITHMETIC'
  /** The header of `for ((…))` */
  | 'ARITHMETIC-FOR'
  /** The text between `[[` and `]]` */
  | 'CONDITION'
  /** The start of a command substitution */
  | 'SUBSTITUTION'
  /** A token that can't be read; the messages are out already */
  | 'ERROR'
  | 'EOF';

export type ReservedWord =
  | 'if'
  | 'then'
  | 'else'
  | 'elif'
  | 'fi'
  | 'case'
  | 'esac'
  | 'for'
  | 'select'
  | 'while'
  | 'until'
  | 'do'
  | 'done'
  | 'in'
  | 'function'
  | 'time'
  | '{'
  | '}'
  | '!'
  | '[['
  | ']]'
  | 'coproc';

export type Operator =
  | '\n'
  | ';'
  | '&'
  | '|'
  | '('
  | ')'
  | '&&'
  | '||'
  | '|&'
  | ';;'
  | ';&'
  | ';;&'
  | '<'
  | '>'
  | '>>'
  | '>|'
  | '<>'
  | '<<'
  | '<<-'
  | '<<<'
  | '<&'
  | '>&'
  | '&>'
  | '&>>'
  | '-'
  | '-p'
  | '--';

export interface HereDocument {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
}

/** A message, and the line that it names. */
export interface Message {
  readonly line: number;
  readonly text: string;
  readonly warning: boolean;
}

/** The part of the state that a command substitution has for itself. */
export interface Context {
  token: Token;
  /** The text of the token, if it is a word. */
  text: string;
  last: Token;
  beforeLast: Token;
  /** A token that was made up, to be read next. */
  pending: Token | undefined;
  /** Within a pattern of `case`. */
  casePattern: boolean;
  caseStatement: boolean;
  /** After `[[`. */
  condition: boolean;
  inCondition: boolean;
  /** The word after `=~`. */
  regex: boolean;
  /** Within `x=(…)`. */
  compound: boolean;
  /** After `declare` and its like. */
  assignments: boolean;
  /** A simple command of which only redirections have been read. */
  onlyRedirections: boolean;
  /** A function's body may begin. */
  bodyMayOpen: boolean;
  expectsIn: number;
  esacs: number;
  braces: number;
  documents: HereDocument[];
  /** A command substitution ends with `)`. */
  substitution: boolean;
}

export interface Reader extends Context {
  /** Ends with a newline. */
  readonly source: string;
  readonly firstLine: number;
  pos: number;
  extglob: boolean;
  eof: boolean;
  messages: Message[];
  /** The parts of the checker that words and conditions call back. */
  readonly calls: Calls;
}

export interface Calls {
  readonly readToken: (r: Reader) => Token;
  /** Checks `$(…)` or `<(…)`; `r.pos` is behind the `(`. */
  readonly checkSubstitution: (r: Reader) => void;
}

const startOfText = (): Context => ({
  token: '\n',
  text: '',
  last: '\n',
  beforeLast: '\n',
  pending: undefined,
  casePattern: false,
  caseStatement: false,
  condition: false,
  inCondition: false,
  regex: false,
  compound: false,
  assignments: false,
  onlyRedirections: false,
  bodyMayOpen: false,
  expectsIn: 0,
  esacs: 0,
  braces: 0,
  documents: [],
  substitution: false,
});

export interface ReaderOptions {
  readonly firstLine: number;
  readonly extglob: boolean;
}

export function createReader(text: string, options: ReaderOptions, calls: Calls): Reader {
  const source = text.endsWith('\n') ? text : `${text}\n`;
  const { firstLine, extglob } = options;
  const start = startOfText();
  return { ...start, source, firstLine, extglob, calls, pos: 0, eof: false, messages: [] };
}

/** A copy of what a command substitution or a list of values must not change; `Object.assign` restores it. */
export const keepContext = (r: Context): Context => ({
  token: r.token,
  text: r.text,
  last: r.last,
  beforeLast: r.beforeLast,
  pending: r.pending,
  casePattern: r.casePattern,
  caseStatement: r.caseStatement,
  condition: r.condition,
  inCondition: r.inCondition,
  regex: r.regex,
  compound: r.compound,
  assignments: r.assignments,
  onlyRedirections: r.onlyRedirections,
  bodyMayOpen: r.bodyMayOpen,
  expectsIn: r.expectsIn,
  esacs: r.esacs,
  braces: r.braces,
  documents: r.documents,
  substitution: r.substitution,
});

/** Forgets all constructs that are open, as after an error. */
export function resetReader(r: Reader): void {
  Object.assign(r, startOfText());
}

/** The line of a position. */
export function lineOf(r: Reader, pos: number): number {
  let line = r.firstLine;
  for (let i = r.source.indexOf('\n'); i >= 0 && i < pos; i = r.source.indexOf('\n', i + 1)) line++;
  return line;
}

/** The line that bash is reading: that of the last character read, or the one after the end. */
export const currentLine = (r: Reader): number => lineOf(r, r.eof ? r.source.length : r.pos - 1);

export function say(r: Reader, line: number, text: string): void {
  r.messages.push({ line, text, warning: false });
}

/** The position after the end of the line that was read last. */
export function nextLine(r: Reader): number {
  const end = r.source.indexOf('\n', Math.max(r.pos - 1, 0));
  return end < 0 ? r.source.length : end + 1;
}

/** A text that bash can't parse. What it says about it is in `messages`. */
export class Fault extends Error {
  override readonly name = 'Fault';
  /** `token`: bash drops the rest of the line; `lexical`: it looks for the next newline; `discard`: it goes on with the next line. */
  readonly kind: 'token' | 'lexical' | 'discard';
  readonly end: End;
  constructor(kind: Fault['kind'], end: Partial<End> = {}) {
    super(kind);
    this.kind = kind;
    this.end = { ...END, ...end };
  }
}

/** How a text ends that can't be parsed. */
export interface End {
  /** The status to set; undefined: the last one stays. */
  readonly status: number | undefined;
  /** The status instead of a last one of 0. */
  readonly ifZero: number;
  /** The shell ends, even if the text is that of `eval`. */
  readonly exits: boolean;
}

const END: End = { status: undefined, ifZero: 0, exits: false };
