// trap.ts — trap [-lp] [action signal …]
import type { Signal, Task } from '@dmsim/sim';
import { parseSignal, setDisposition, signalName, SIGNALS, NotSupported } from '@dmsim/sim';

import { singleQuote } from '../expand/quote.ts';
import { complain, printOutput } from '../messages.ts';
import type { Shell, TrapName } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { printUsage } from './usage.ts';

export const trap: Builtin = function* (shell, args) {
  let words = args.slice(1);
  if (words[0] === '-l') throw new NotSupported(shell.file, shell.line, 'trap -l');
  if (words[0] === '-p') return yield* print(shell, words.slice(1));
  if (words[0] === '--') words = words.slice(1);
  const [action] = words;
  if (action === undefined) return yield* print(shell, []);
  // `trap - INT`, `trap INT` and `trap 2 3` all reset the signals.
  const reset = action === '-' || words.length === 1 || /^\d+$/.test(action);
  if (words.length === 1 && parseTrap(shell, action) === undefined) {
    return yield* printUsage(shell, 'trap');
  }
  let status = 0;
  for (const word of action === '-' || !reset ? words.slice(1) : words) {
    const name = parseTrap(shell, word);
    if (name === undefined) {
      yield* complain(shell, `trap: ${word}: invalid signal specification`);
      status = 1;
    } else setTrap(shell, name, reset ? undefined : action);
  }
  return status;
};

function parseTrap(shell: Shell, word: string): TrapName | undefined {
  const name = word.toUpperCase().replace(/^SIG/, '');
  if (name === 'EXIT' || word === '0') return 'EXIT';
  if (name === 'ERR') return 'ERR';
  if (name === 'DEBUG' || name === 'RETURN') {
    throw new NotSupported(shell.file, shell.line, `trap … ${name}`);
  }
  return parseSignal(word);
}

function setTrap(shell: Shell, name: TrapName, action: string | undefined): void {
  if (action === undefined) shell.traps.delete(name);
  else shell.traps.set(name, action);
  if (name === 'EXIT' || name === 'ERR' || name === SIGNALS.KILL || name === SIGNALS.STOP) return;
  const disposition = action === undefined ? undefined : action === '' ? 'ignore' : 'trap';
  setDisposition(shell.process, name, disposition);
}

function* print(shell: Shell, words: readonly string[]): Task<number> {
  const wanted = words.map((word) => parseTrap(shell, word));
  const lines = [...shell.traps]
    .filter(([name]) => wanted.length === 0 || wanted.includes(name))
    .toSorted(([a], [b]) => order(a) - order(b))
    .map(([name, action]) => `trap -- ${singleQuote(action)} ${shownName(name)}\n`);
  return yield* printOutput(shell, 'trap', lines.join(''));
}

const order = (name: TrapName): number => (name === 'EXIT' ? 0 : name === 'ERR' ? 100 : name);

const shownName = (name: TrapName): string =>
  typeof name === 'string' ? name : `SIG${signalName(name satisfies Signal)}`;
