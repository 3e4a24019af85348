// mode.ts — Formats permission bits, and applies the MODE of chmod.
import type { Vnode } from '@dmsim/vfs';

const KIND = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  block: 'b',
  character: 'c',
  fifo: 'p',
} as const;

/** Formats a mode as in `brw-rw----`. */
export function showMode({ kind, mode }: Pick<Vnode, 'kind' | 'mode'>): string {
  const bits = Array.from('rwxrwxrwx').map((letter, i) =>
    (mode & (0o400 >> i)) === 0 ? '-' : letter,
  );
  const special = (bit: number, at: number, letter: string): void => {
    if ((mode & bit) !== 0) bits[at] = bits[at] === 'x' ? letter : letter.toUpperCase();
  };
  special(0o4000, 2, 's');
  special(0o2000, 5, 's');
  special(0o1000, 8, 't');
  return KIND[kind] + bits.join('');
}

/** The file that a mode is for, and the umask. */
export interface ModeUse {
  /** `X` gives a directory the right to search it. */
  readonly isDirectory: boolean;
  /** It applies to clauses that do not name u, g, o or a. */
  readonly umask: number;
}

/** Applies a MODE such as `644`, `u+x,go-w` or `a=rX`; undefined if it is invalid. */
export function changeMode(text: string, mode: number, use: ModeUse): number | undefined {
  if (/^[0-7]{1,5}$/.test(text)) {
    const bits = Number.parseInt(text, 8);
    return bits > 0o7777 ? undefined : bits;
  }
  let result = mode;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause);
    if (match === null) return undefined;
    const [, who = '', actions = ''] = match;
    for (const [, op = '', what = ''] of actions.matchAll(/([-+=])([rwxXstugo]*)/g)) {
      result = applyClause({ ...use, mode: result }, who, op, what);
    }
  }
  return result;
}

function applyClause(
  { mode, isDirectory, umask }: ModeUse & { readonly mode: number },
  who: string,
  op: string,
  what: string,
): number {
  const everyone = who === '' || who.includes('a');
  const named = everyone ? 'ugo' : who;
  const mask = maskOf(named);
  let bits = spread(what, mode, isDirectory) & mask;
  if (who === '' && !/[ugo]/.test(what)) bits &= ~umask;
  if (what.includes('s'))
    bits |= (named.includes('u') ? 0o4000 : 0) | (named.includes('g') ? 0o2000 : 0);
  if (what.includes('t') && everyone) bits |= 0o1000;
  if (op === '+') return mode | bits;
  if (op === '-') return mode & ~bits;
  return (mode & ~(mask & 0o777)) | bits;
}

const maskOf = (who: string): number =>
  (who.includes('u') ? 0o700 : 0) |
  (who.includes('g') ? 0o070 : 0) |
  (who.includes('o') ? 0o007 : 0);

function spread(what: string, mode: number, isDirectory: boolean): number {
  let three = 0;
  if (what === 'u') three = mode >> 6;
  else if (what === 'g') three = mode >> 3;
  else if (what === 'o') three = mode;
  else {
    if (what.includes('r')) three |= 4;
    if (what.includes('w')) three |= 2;
    if (what.includes('x')) three |= 1;
    if (what.includes('X') && (isDirectory || (mode & 0o111) !== 0)) three |= 1;
  }
  return (three & 7) * 0o111;
}
