// transpile.ts — Makes JavaScript of a user's TypeScript: drops the types without checking them (library rolldown).
import { Refusal } from '../refusal.ts';
import { withMap } from './source-line.ts';

/** The library is loaded when a file needs it. Syntax errors tell the line and the column. */
export async function transpile(file: string, text: string): Promise<string> {
  const { transformSync } = await import('rolldown/utils');
  const { code, errors, map } = transformSync(file, text, { sourcemap: true });
  const [error] = errors;
  if (error !== undefined) throw new Refusal(syntaxError(file, error));
  return map === undefined ? code : withMap(code, JSON.stringify(map));
}

interface SyntaxFault {
  readonly message: string;
  /** The line counts from 1, the column from 0. */
  readonly loc?: { readonly line: number; readonly column: number };
}

/** `FILE:3:15: Unexpected token`, without the picture that the library draws. */
function syntaxError(file: string, { message, loc }: SyntaxFault): string {
  // oxlint-disable-next-line no-control-regex -- colours
  const plain = message.replaceAll(/\u001B\[[\d;]*m/g, '');
  const [first = plain] = plain.replace(/^\[\w+\] /, '').split('\n');
  const place = loc === undefined ? '' : `:${loc.line}:${loc.column + 1}`;
  return `${file}${place}: ${first}`;
}
