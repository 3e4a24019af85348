// regex.test.ts — POSIX expressions: leftmost, longest, by bytes or by characters.
import { expect, it } from 'vitest';

import { compileRegex } from './compile.ts';

const find = (source: string, text: string, options = {}): string | undefined => {
  const match = compileRegex(source, { extended: true, ...options }).exec(text);
  return match === undefined ? undefined : text.slice(match.start, match.end);
};

it.each([
  ['a|ab|abc', 'xabcd', 'abc'],
  ['(a|ab)(c|bcd)', 'abcd', 'abcd'],
  ['foo|foobar$', 'foobar', 'foobar'],
  ['x*', 'aaa', ''],
  ['(b|bc|bcd)+', 'abcdbc', 'bcdbc'],
])('takes the longest match of %s', (source, text, expected) => {
  expect(find(source, text)).toBe(expected);
});

it('takes a star at the start of a basic expression as a character', () => {
  expect(find('*a', 'x*a', { extended: false })).toBe('*a');
  expect(find('^*a', '*a', { extended: false })).toBe('*a');
  expect(find('\\(*a\\)', '*a', { extended: false })).toBe('*a');
});

it('knows classes, ranges and a bracket that comes first', () => {
  expect(find('[]a]+', 'x]a]')).toBe(']a]');
  expect(find('[[:digit:]_-]+', 'x1_2-3')).toBe('1_2-3');
  expect(find('[^[:space:]]+', ' ab c')).toBe('ab');
});

it('counts a character of several bytes as one only when told to', () => {
  const text = '\xc3\xa4b';
  expect(find('^.', text)).toBe('\xc3');
  expect(find('^.', text, { utf8: true })).toBe('\xc3\xa4');
  expect(find('[^b]', text, { utf8: true })).toBe('\xc3\xa4');
});

it.each([
  ['(', 'Unmatched ( or \\('],
  ['[a', 'Unmatched [, [^, [:, [., or [='],
  ['a{2,1}', 'Invalid content of \\{\\}'],
  ['[[:nope:]]', 'Invalid character class name'],
  ['(a)\\2', 'Invalid back reference'],
])('says what is wrong with %s', (source, message) => {
  expect(() => find(source, '')).toThrow(message);
});
