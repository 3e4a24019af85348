// node.ts — The syntax tree of an awk program.

export type Expr =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly text: string }
  /** As an expression of its own it means `$0 ~ /regex/`. */
  | { readonly kind: 'regex'; readonly text: string }
  | Lvalue
  | { readonly kind: 'assign'; readonly op: string; readonly to: Lvalue; readonly value: Expr }
  | { readonly kind: 'conditional'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'and' | 'or'; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'match'; readonly negated: boolean; readonly left: Expr; readonly regex: Expr }
  | { readonly kind: 'in'; readonly keys: readonly Expr[]; readonly array: Name }
  | { readonly kind: 'unary'; readonly op: '-' | '+' | '!'; readonly of: Expr }
  | { readonly kind: 'step'; readonly to: Lvalue; readonly by: 1 | -1; readonly prefix: boolean }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expr[];
      readonly line: number;
    }
  | {
      readonly kind: 'builtin';
      readonly name: string;
      readonly args: readonly Expr[];
      readonly line: number;
    }
  /** Without `from` it reads the next record of the input; without `to` it sets $0. */
  | { readonly kind: 'getline'; readonly from: Source | undefined; readonly to: Lvalue | undefined }
  /** The arguments of print, or the `(a, b)` of `(a, b) in x` until the parser sees `in`. */
  | { readonly kind: 'list'; readonly items: readonly Expr[] };

export interface Name {
  readonly kind: 'name';
  readonly name: string;
}

export type Lvalue =
  | Name
  | { readonly kind: 'field'; readonly index: Expr }
  | { readonly kind: 'element'; readonly array: Name; readonly keys: readonly Expr[] };

/** The source of `command | getline` or `getline < file`. */
export interface Source {
  readonly kind: 'command' | 'file';
  readonly name: Expr;
}

export interface Redirect {
  readonly op: '>' | '>>' | '|';
  readonly to: Expr;
}

export type Statement =
  | { readonly kind: 'expression'; readonly value: Expr }
  | {
      readonly kind: 'print';
      readonly args: readonly Expr[];
      readonly redirect: Redirect | undefined;
    }
  | {
      readonly kind: 'printf';
      readonly args: readonly Expr[];
      readonly redirect: Redirect | undefined;
    }
  | {
      readonly kind: 'if';
      readonly test: Expr;
      readonly yes: Statement;
      readonly no: Statement | undefined;
    }
  | { readonly kind: 'while'; readonly test: Expr; readonly body: Statement }
  | { readonly kind: 'do'; readonly test: Expr; readonly body: Statement }
  | {
      readonly kind: 'for';
      readonly start: Statement | undefined;
      readonly test: Expr | undefined;
      readonly step: Statement | undefined;
      readonly body: Statement;
    }
  | {
      readonly kind: 'for-in';
      readonly variable: Name;
      readonly array: Name;
      readonly body: Statement;
    }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'next' | 'nextfile' | 'break' | 'continue' }
  | { readonly kind: 'exit' | 'return'; readonly value: Expr | undefined }
  | { readonly kind: 'delete'; readonly array: Name; readonly keys: readonly Expr[] | undefined };

export interface Rule {
  readonly kind: 'begin' | 'end' | 'main';
  readonly pattern: Expr | undefined;
  /** The second pattern of a range. */
  readonly until: Expr | undefined;
  /** Undefined if the rule has no action; then it prints the record. */
  readonly action: Statement | undefined;
}

export interface FunctionNode {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: Statement;
}

export interface AwkProgram {
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, FunctionNode>;
}

/** The program uses a feature of awk that is not supported here. */
export class AwkRefusal extends Error {
  override readonly name = 'AwkRefusal';
}
