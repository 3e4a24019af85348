// trap.ts — trap [-lp] [action signal …]
import type { Disposition, Signal, Task } from '@dmsim/sim';
import { setDisposition, signalName, SIGNALS, NotSupported } from '@dmsim/sim';

import { singleQuote } from '../expand/quote.ts';
import { complain, printOutput } from '../messages.ts';
import type { Shell, TrapName } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';
import { findSignal, signalTable } from './signal-table.ts';
import { printUsage } from './usage.ts';

export const trap: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'pl' });
  if (typeof parsed === 'number') return parsed;
  const { given, operands } = parsed;
  const [action] = operands;
  if (given.some(([key]) => key === 'l')) return yield* printOutput(shell, 'trap', signalTable());
  if (given.length > 0 || action === undefined) return yield* print(shell, operands);
  if (operands.length === 1 && parseTrap(shell, action) === undefined) {
    return yield* printUsage(shell, 'trap');
  }
  // `trap - INT`, `trap INT` and `trap 2 3` all reset the signals.
  const bare = operands.length === 1 || /^\d+$/.test(action);
  if (action === '-') return yield* setTraps(shell, operands.slice(1), undefined);
  return bare
    ? yield* setTraps(shell, operands, undefined)
    : yield* setTraps(shell, operands.slice(1), action);
};

function* setTraps(
  shell: Shell,
  words: readonly string[],
  action: string | undefined,
): Task<number> {
  let status = 0;
  for (const word of words) {
    const name = parseTrap(shell, word);
    if (name === undefined) {
      yield* complain(shell, `trap: ${word}: invalid signal specification`);
      status = 1;
    } else if (name === SIGNALS.CHLD && action !== undefined && action !== '') {
      throw new NotSupported(shell.file, shell.line, 'trap … CHLD');
    } else setTrap(shell, name, action);
  }
  return status;
}

function parseTrap(shell: Shell, word: string): TrapName | undefined {
  const name = word.toUpperCase().replace(/^SIG/, '');
  if (name === 'EXIT' || /^0+$/.test(word)) return 'EXIT';
  if (name === 'ERR') return 'ERR';
  if (name === 'RETURN') return 'RETURN';
  if (name === 'DEBUG') return 'DEBUG';
  return findSignal(shell, word);
}

function setTrap(shell: Shell, name: TrapName, action: string | undefined): void {
  if (typeof name !== 'string' && shell.untrappable.has(name)) {
    leaveIgnored(shell, name, action);
    return;
  }
  shell.listedTraps = undefined;
  if (action === undefined) shell.traps.delete(name);
  else shell.traps.set(name, action);
  if (typeof name === 'string' || name === SIGNALS.KILL || name === SIGNALS.STOP) return;
  const untrapped = action === '' ? 'ignore' : usualDisposition(shell, name);
  setDisposition(shell.process, name, action === undefined || action === '' ? untrapped : 'trap');
}

/** A quirk of bash: after `trap - INT` it lists INT as ignored still, but dies of it. */
function leaveIgnored({ process }: Shell, signal: Signal, action: string | undefined): void {
  if (action === undefined && signal === SIGNALS.INT) setDisposition(process, signal, undefined);
}

/** The reaction to a signal without a trap: bash itself ignores QUIT. */
const usualDisposition = ({ outlivesInterrupts }: Shell, signal: Signal): Disposition | undefined =>
  signal === SIGNALS.QUIT && outlivesInterrupts ? 'ignoreAlone' : undefined;

function* print(shell: Shell, words: readonly string[]): Task<number> {
  const wanted = words.map((word) => parseTrap(shell, word));
  const lines = [...(shell.listedTraps ?? shell.traps)]
    .filter(([name]) => wanted.length === 0 || wanted.includes(name))
    .toSorted(([a], [b]) => order(a) - order(b))
    .map(([name, action]) => `trap -- ${singleQuote(action)} ${shownName(name)}\n`);
  return yield* printOutput(shell, 'trap', lines.join(''));
}

const NAMED = { EXIT: 0, DEBUG: 99, ERR: 100, RETURN: 101 };

const order = (name: TrapName): number => (typeof name === 'string' ? NAMED[name] : name);

const shownName = (name: TrapName): string =>
  typeof name === 'string' ? name : `SIG${signalName(name satisfies Signal)}`;
