import { expect, it } from 'vitest';

import { diffWords } from './diff.ts';

const changed = (before: string, after: string): string[] =>
  diffWords(before, after).flatMap((line) =>
    line.filter((piece) => piece.changed).map(({ text }) => text),
  );

it('marks the words that are new, line by line', () => {
  expect(changed('a 1 2\nb 3', 'a 1 5\nb 3')).toEqual(['5']);
  expect(changed('a 1', 'b 9\na 1')).toEqual(['b', '9']);
  expect(changed('State: ACTIVE', 'State: SUSPENDED')).toEqual(['SUSPENDED']);
});

it('keeps every character', () => {
  const text = 'Name:              mp\n\n  x  y ';
  expect(
    diffWords('', text)
      .map((line) => line.map((piece) => piece.text).join(''))
      .join('\n'),
  ).toBe(text);
});
