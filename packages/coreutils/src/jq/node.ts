// node.ts — The syntax tree of a jq filter.
import type { JqValue } from './value.ts';

export type JqNode =
  | { readonly kind: 'identity' | 'descend' }
  | { readonly kind: 'literal'; readonly value: JqValue }
  | {
      readonly kind: 'string';
      readonly format: string | null;
      readonly parts: readonly (string | JqNode)[];
    }
  | { readonly kind: 'format'; readonly name: string }
  | { readonly kind: 'index'; readonly of: JqNode; readonly by: JqNode }
  | {
      readonly kind: 'slice';
      readonly of: JqNode;
      readonly from: JqNode | null;
      readonly to: JqNode | null;
    }
  | { readonly kind: 'iterate'; readonly of: JqNode }
  | { readonly kind: 'optional'; readonly of: JqNode }
  | { readonly kind: 'array' | 'negate'; readonly of: JqNode }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [JqNode, JqNode])[] }
  | { readonly kind: 'pipe' | 'comma'; readonly left: JqNode; readonly right: JqNode }
  | { readonly kind: 'alternative'; readonly left: JqNode; readonly right: JqNode }
  | { readonly kind: 'and' | 'or'; readonly left: JqNode; readonly right: JqNode }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: JqNode;
      readonly right: JqNode;
    }
  | {
      readonly kind: 'assign';
      readonly operator: string;
      readonly left: JqNode;
      readonly right: JqNode;
    }
  | {
      readonly kind: 'if';
      readonly condition: JqNode;
      readonly yes: JqNode;
      readonly otherwise: JqNode;
    }
  | { readonly kind: 'try'; readonly body: JqNode; readonly handler: JqNode | null }
  | {
      readonly kind: 'reduce';
      readonly source: JqNode;
      readonly pattern: Pattern;
      readonly start: JqNode;
      readonly update: JqNode;
    }
  | {
      readonly kind: 'foreach';
      readonly source: JqNode;
      readonly pattern: Pattern;
      readonly start: JqNode;
      readonly update: JqNode;
      readonly extract: JqNode | null;
    }
  | {
      readonly kind: 'bind';
      readonly source: JqNode;
      readonly pattern: Pattern;
      readonly body: JqNode;
    }
  | { readonly kind: 'label'; readonly name: string; readonly body: JqNode }
  | { readonly kind: 'break'; readonly name: string }
  | { readonly kind: 'variable'; readonly name: string; readonly at: number }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly at: number;
      readonly args: readonly JqNode[];
    }
  | { readonly kind: 'define'; readonly definition: Definition; readonly body: JqNode };

export type Operator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=';

/** The pattern that `as` binds: a variable, or the variables within an array or an object. */
export type Pattern =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Pattern[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [JqNode, Pattern])[] };

export interface Definition {
  readonly name: string;
  /** A parameter `$name` can be used as a variable, and as a filter `name`. */
  readonly parameters: readonly string[];
  readonly body: JqNode;
}
