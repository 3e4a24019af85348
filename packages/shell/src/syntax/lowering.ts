// lowering.ts — State shared by all steps that lower unbash's tree: the source and its lines.
import type { Limits } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';
import type { Word as SourceWord } from 'unbash';
import { parse } from 'unbash';

/** A syntax error that unbash does not detect. `pos` is the start of the unexpected token. */
export class UnexpectedToken extends Error {
  override readonly name = 'UnexpectedToken';
  readonly pos: number;
  constructor(pos: number) {
    super(`unexpected token at ${pos}`);
    this.pos = pos;
  }
}

export interface Lowering {
  readonly file: string;
  readonly source: string;
  /** The line of the source's first character. */
  readonly firstLine: number;
  readonly lineStarts: readonly number[];
  readonly limits: Limits;
  /** The statements to come are those of the text itself, not those in a compound command. */
  readonly outermost?: boolean;
  /**
   * The line that messages about the redirections of a compound command name: where bash is when it makes them. That is the end of the
   * outermost command, the line of the function, or that of the loop or `case` around it; undefined in command substitutions.
   */
  readonly around?: number | undefined;
  /** Patterns may have groups: the option extglob is on here. */
  readonly extglob: boolean;
  /** The functions that the script defines, and the refused commands that it calls. A function may be named `jobs`. */
  readonly functions: Set<string>;
  readonly refused: { readonly name: string; readonly line: number }[];
}

/** Parses a text as the value of an assignment; undefined if it isn't one word. */
export function rereadWord(text: string): SourceWord | undefined {
  const { commands, errors } = parse(`x=${text}`);
  const command = commands[0]?.command;
  if (errors !== undefined || commands.length > 1 || command?.type !== 'Command') return undefined;
  const item = command.prefix[0];
  if (command.name !== undefined || command.prefix.length !== 1) return undefined;
  return item?.type === 'Assignment' && item.value.type === 'Word' ? item.value : undefined;
}

export interface WordOptions {
  /** The text is inside double quotes, where `'` is an ordinary character. */
  readonly quoted?: boolean;
  /** Expands `~` at the start and after each `:`. */
  readonly assignment?: boolean;
}

export function lineStarts(source: string): number[] {
  const starts = [0];
  for (let i = source.indexOf('\n'); i >= 0; i = source.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

export function lineAt(lowering: Lowering, pos: number): number {
  const starts = lowering.lineStarts;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= pos) low = middle;
    else high = middle - 1;
  }
  return lowering.firstLine + low;
}

export function refuse(lowering: Lowering, pos: number, what: string): never {
  throw new NotSupported(lowering.file, lineAt(lowering, pos), what);
}

/** Makes a lowering for text that is not part of the source: decoded backticks, an expression. */
export const subLowering = (lowering: Lowering, source: string, pos: number): Lowering => ({
  ...lowering,
  source,
  firstLine: lineAt(lowering, pos),
  lineStarts: lineStarts(source),
});
