// ir.ts — A script that is ready to run: unbash's tree with line numbers, and with words cut into segments.
import type { Effect } from './check/check-script.ts';

/** One piece of a word. If `quoted`, its value is neither split nor used as a pattern. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  /** A pair of quotes, which makes a word even if it is empty. */
  | { readonly kind: 'quotes' }
  | { readonly kind: 'tilde'; readonly user: string }
  | ParameterSegment
  | {
      readonly kind: 'command';
      readonly body: List;
      readonly quoted: boolean;
      readonly vanishes?: true;
    }
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly quoted: boolean }
  | ProcessSegment;

/** `<(…)` or `>(…)` */
export interface ProcessSegment {
  readonly kind: 'process';
  readonly operator: '<' | '>';
  readonly body: List;
}

export interface ParameterSegment {
  readonly kind: 'parameter';
  readonly quoted: boolean;
  readonly name: string;
  readonly index: Index | undefined;
  /** `${!x}` */
  readonly indirect: boolean;
  /** `${#x}` */
  readonly length: boolean;
  readonly operation: Operation | undefined;
  /** The text as written, for messages. */
  readonly source: string;
  /** It is in the same quotes as `$@`: an empty value makes no word. */
  readonly vanishes?: true;
}

/** A subscript: `@` or `*` for all elements, or an expression or key for one. */
export type Index = '@' | '*' | Word;

export type Operation =
  | {
      readonly kind: 'default';
      readonly operator: '-' | '=' | '+' | '?';
      readonly colon: boolean;
      readonly operand: Word;
    }
  | { readonly kind: 'remove'; readonly operator: '#' | '##' | '%' | '%%'; readonly operand: Word }
  | {
      readonly kind: 'replace';
      readonly operator: '/' | '//' | '/#' | '/%';
      readonly pattern: Word;
      readonly replacement: Word;
    }
  | { readonly kind: 'slice'; readonly offset: Word; readonly count: Word | undefined }
  | {
      readonly kind: 'case';
      readonly operator: '^' | '^^' | ',' | ',,';
      readonly operand: Word | undefined;
    }
  | { readonly kind: 'transform'; readonly operator: 'Q' | 'U' | 'u' | 'L' | 'E' | 'P' }
  /** Tells of a variable: an assignment that makes it anew (A), its attributes (a), its keys and values (K, k). */
  | { readonly kind: 'describe'; readonly operator: 'A' | 'a' | 'K' | 'k' }
  | { readonly kind: 'names' }
  | { readonly kind: 'keys' }
  /** A bad substitution, which bash reports when it expands it. */
  | { readonly kind: 'bad' };

/**
 * A word, or a text that is expanded like one. An expression between `((` and `))` is a word whose value is evaluated, as
 * in bash, so `$x` may hold an operator.
 */
export interface Word {
  readonly segments: readonly Segment[];
  /** The one field that the word always expands to; undefined if the result varies. */
  readonly constant: string | undefined;
  /** The same for a context without globbing: the value of an assignment, an expression. */
  readonly literal: string | undefined;
  /** The text as written. */
  readonly source: string;
}

export interface Assignment {
  readonly name: string;
  readonly index: Index | undefined;
  readonly append: boolean;
  readonly value: Word | ArrayLiteral;
}

export interface ArrayLiteral {
  readonly elements: readonly ArrayElement[];
}

export interface ArrayElement {
  readonly index: Index | undefined;
  readonly append: boolean;
  readonly word: Word;
}

export type Redirect = PlainRedirect | NamedRedirect;

/** `{name}>file`: a free descriptor, whose number the variable gets; `{name}>&-` closes the one that it holds. */
export interface NamedRedirect {
  readonly kind: 'named';
  /** A variable, or an element whose subscript has yet to be expanded. */
  readonly name: string;
  readonly redirect: PlainRedirect;
}

export type PlainRedirect =
  | {
      readonly kind: 'file';
      readonly fd: number;
      readonly operator: '<' | '>' | '>>' | '>|' | '<>';
      readonly target: Word;
    }
  /** `&>`: both standard output and error. */
  | { readonly kind: 'both'; readonly append: boolean; readonly target: Word }
  | {
      readonly kind: 'dup';
      readonly fd: number;
      readonly input: boolean;
      readonly explicit: boolean;
      readonly target: Word;
    }
  | { readonly kind: 'text'; readonly fd: number; readonly body: Word; readonly newline: boolean };

/** An argument of a command: a word, or an assignment for `declare` and similar builtins. */
export type Argument =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'assignment'; readonly assignment: Assignment; readonly word: Word };

export interface SimpleCommand {
  readonly kind: 'simple';
  readonly line: number;
  readonly assignments: readonly Assignment[];
  readonly words: readonly Argument[];
  /** All words, if they are always the same and the command has no assignments. */
  readonly constant: readonly string[] | undefined;
  readonly redirects: readonly Redirect[];
}

export type Command =
  | SimpleCommand
  | BrokenCommand
  | {
      readonly kind: 'redirected';
      readonly line: number;
      readonly command: Command;
      readonly redirects: readonly Redirect[];
    }
  | { readonly kind: 'group'; readonly line: number; readonly body: List }
  | { readonly kind: 'subshell'; readonly line: number; readonly body: List }
  | IfCommand
  | ForCommand
  | {
      readonly kind: 'for-arithmetic';
      readonly line: number;
      readonly initialize: Word | undefined;
      readonly test: Word | undefined;
      readonly update: Word | undefined;
      readonly body: List;
    }
  | {
      readonly kind: 'while';
      readonly line: number;
      readonly until: boolean;
      readonly clause: List;
      readonly body: List;
    }
  | CaseCommand
  | SelectCommand
  | TimedCommand
  | CoprocCommand
  | FunctionCommand
  | { readonly kind: 'test'; readonly line: number; readonly expression: TestNode }
  | { readonly kind: 'arithmetic'; readonly line: number; readonly expression: Word }
  | Pipeline
  | AndOr;

/** A syntax error in backticks, which bash finds when it expands them. */
export interface BrokenCommand {
  readonly kind: 'broken';
  readonly line: number;
  readonly note: SyntaxNote;
}

export interface Branch {
  readonly clause: List;
  readonly body: List;
}

export interface IfCommand {
  readonly kind: 'if';
  readonly line: number;
  readonly branches: readonly Branch[];
  readonly otherwise: List | undefined;
}

export interface ForCommand {
  readonly kind: 'for';
  readonly line: number;
  readonly name: string;
  /** undefined means "$@". */
  readonly words: readonly Word[] | undefined;
  readonly body: List;
}

export interface CaseCommand {
  readonly kind: 'case';
  readonly line: number;
  readonly word: Word;
  readonly items: readonly {
    readonly patterns: readonly Word[];
    readonly body: List;
    readonly end: ';;' | ';&' | ';;&';
  }[];
}

export interface SelectCommand {
  readonly kind: 'select';
  readonly line: number;
  readonly name: string;
  /** undefined means "$@". */
  readonly words: readonly Word[] | undefined;
  readonly body: List;
}

/** `time [-p] pipeline` */
export interface TimedCommand {
  readonly kind: 'timed';
  readonly line: number;
  readonly posix: boolean;
  readonly command: Command;
}

export interface CoprocCommand {
  readonly kind: 'coproc';
  readonly line: number;
  readonly name: string;
  readonly body: Command;
}

export interface FunctionCommand {
  readonly kind: 'function';
  readonly line: number;
  readonly name: string;
  readonly body: Command;
}

export interface Pipeline {
  readonly kind: 'pipeline';
  readonly line: number;
  readonly negated: boolean;
  readonly commands: readonly Command[];
  /** Whether `|&` follows the command at the same index. */
  readonly withErrors: readonly boolean[];
}

export interface AndOr {
  readonly kind: 'and-or';
  readonly line: number;
  readonly commands: readonly Command[];
  readonly operators: readonly ('&&' | '||')[];
}

export type TestNode =
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Word }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Word;
      readonly right: Word;
    }
  | {
      readonly kind: 'logical';
      readonly operator: '&&' | '||';
      readonly operands: readonly TestNode[];
    }
  | { readonly kind: 'not'; readonly count: number; readonly operand: TestNode }
  | { readonly kind: 'group'; readonly expression: TestNode };

export interface Statement {
  readonly command: Command;
  readonly background: boolean;
  readonly line: number;
  /** Commands on lines that bash reads together have the same number. An expansion error discards the rest of its unit. */
  readonly unit: number;
}

export type List = readonly Statement[];

export interface Script {
  readonly name: string;
  readonly statements: List;
  /** The messages of bash about the syntax, in order. After an error it reads no further. */
  readonly notes: readonly SyntaxNote[];
  /** It is the text of `bash -c`. */
  readonly fromCommandLine?: true;
  /** Its text, for a shell that expands aliases. */
  readonly source: { readonly text: string; readonly firstLine: number };
}

/** A warning or an error. */
export interface SyntaxNote {
  /** The index of the first statement that runs after it. */
  readonly before: number;
  readonly messages: readonly string[];
  readonly effect: Effect;
}
