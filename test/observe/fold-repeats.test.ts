import { foldRepeats } from '@dmsim/observe';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

const unfolded = (letters: string): string[] =>
  letters.split('').map((letter, i) => `${i} ${letter}`);

/** One event a second; each letter is what happened. */
function fold(letters: string): string[] {
  const lines: string[] = [];
  const folded = foldRepeats((line) => lines.push(line.trimEnd()));
  for (const line of unfolded(letters)) folded.add(`${line}\n`);
  folded.end();
  return lines;
}

it('shows a cycle three times, then how often it came again and when it last did', () => {
  expect(fold(`x${'abc'.repeat(100)}aby`)).toEqual([
    ...unfolded('xabcabcabc'),
    '300 … the 3 events above came 97 times more',
    '301 a',
    '302 b',
    '303 y',
  ]);
  expect(fold('a'.repeat(9)).at(-1)).toBe('8 … the event above came 6 times more');
});

it.each(['', 'a', 'aaa', 'aaaa', 'abababab', 'abcabcab'])('leaves %j as it is', (letters) => {
  expect(fold(letters)).toEqual(unfolded(letters));
});

it('loses nothing: what it says leads back to all lines', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'ab', 'aab', 'c', 'abc')), (parts) => {
      const letters = parts.map((part) => part.repeat(4)).join('');
      let all = '';
      for (const line of fold(letters)) {
        const [, length = '1', times] =
          / … the (?:(\d+) events|event) above came (\d+) times more$/.exec(line) ?? [];
        all +=
          times === undefined
            ? line.slice(line.indexOf(' ') + 1)
            : all.slice(-Number(length)).repeat(Number(times));
      }
      expect(all).toBe(letters);
    }),
  );
});
