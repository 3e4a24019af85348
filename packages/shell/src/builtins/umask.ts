// umask.ts — umask [-p] [-S] [mode]. Mirrors bash's builtins/umask.def.
import type { Task } from '@dmsim/sim';

import { complain, printOutput } from '../messages.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

const octal = (mask: number): string => mask.toString(8).padStart(4, '0');

/** The rights that are left, as in `u=rwx,g=rx,o=rx`. */
function symbolic(mask: number): string {
  const classes = ['u', 'g', 'o'].map((who, i) => {
    const bits = ~(mask >> (6 - 3 * i)) & 7;
    return `${who}=${(bits & 4) === 0 ? '' : 'r'}${(bits & 2) === 0 ? '' : 'w'}${(bits & 1) === 0 ? '' : 'x'}`;
  });
  return classes.join(',');
}

export const umask: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'Sp' });
  if (typeof parsed === 'number') return parsed;
  const { process } = shell;
  const isSymbolic = parsed.given.some(([key]) => key === 'S');
  const isCommand = parsed.given.some(([key]) => key === 'p');
  const [mode] = parsed.operands;
  if (mode !== undefined) {
    const mask = yield* parseMask(shell, mode);
    if (mask === undefined) return 1;
    process.umask = mask;
    if (!isSymbolic) return 0;
    return yield* printOutput(shell, 'umask', `${symbolic(mask)}\n`);
  }
  const shown = isSymbolic ? symbolic(process.umask) : octal(process.umask);
  const head = isCommand ? `umask ${isSymbolic ? '-S ' : ''}` : '';
  return yield* printOutput(shell, 'umask', `${head}${shown}\n`);
};

function* parseMask(shell: Shell, mode: string): Task<number | undefined> {
  if (!/^\d/.test(mode)) return yield* parseSymbolic(shell, mode);
  if (/^[0-7]+$/.test(mode) && Number.parseInt(mode, 8) <= 0o7777)
    return Number.parseInt(mode, 8) & 0o777;
  yield* complain(shell, `umask: ${mode}: octal number out of range`);
  return undefined;
}

const CLASSES: Readonly<Record<string, number>> = { u: 0o700, g: 0o070, o: 0o007, a: 0o777 };
const RIGHTS: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111 };

/** `[ugoa…][-+=][rwx…],…`: what it gives is taken out of the mask. */
function* parseSymbolic(shell: Shell, mode: string): Task<number | undefined> {
  let allowed = ~shell.process.umask & 0o777;
  for (let rest = mode; ;) {
    const [clause = '', who = '', operator = '', rights = ''] = CLAUSE.exec(rest) ?? [];
    if (operator === '') return yield* wrongMode(shell, rest.charAt(who.length), 'operator');
    const end = rest.charAt(clause.length);
    if (end !== '' && end !== ',') return yield* wrongMode(shell, end, 'character');
    const mask = who === '' ? 0o777 : bitsOf(who, CLASSES);
    const bits = bitsOf(rights, RIGHTS) & mask;
    allowed = applied(allowed, operator, mask, bits);
    if (end === '') return ~allowed & 0o777;
    rest = rest.slice(clause.length + 1);
  }
}

function applied(allowed: number, operator: string, mask: number, bits: number): number {
  if (operator === '+') return allowed | bits;
  return operator === '-' ? allowed & ~bits : (allowed & ~mask) | bits;
}

const CLAUSE = /^([ugoa]*)([-+=]?)([rwx]*)/;

const bitsOf = (letters: string, table: Readonly<Record<string, number>>): number =>
  Array.from(letters).reduce((bits, letter) => bits | (table[letter] ?? 0), 0);

function* wrongMode(shell: Shell, found: string, what: string): Task<undefined> {
  yield* complain(shell, `umask: \`${found === '' ? '\0' : found}': invalid symbolic mode ${what}`);
  return undefined;
}
