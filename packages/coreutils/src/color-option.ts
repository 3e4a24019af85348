// color-option.ts — --color of ls and diff, which colour nothing here.
import type { Options } from './options.ts';
import { refuse } from './refuse.ts';
import type { Tool } from './tool.ts';

/** The words for which output that goes to no terminal has no colours. */
const PLAIN: ReadonlySet<string> = new Set(['auto', 'tty', 'if-tty', 'never', 'no', 'none']);

/** Without a word the option means `always`. */
export function refuseColors(t: Tool, { has, value }: Options): void {
  const word = value('color') ?? '';
  if (has('color') && !PLAIN.has(word)) refuse(t, word === '' ? '--color' : `--color=${word}`);
}
