// regex.test.ts — POSIX expressions: leftmost, longest, by bytes or by characters, whichever engine runs them.
import { expect, it } from 'vitest';

import { toBinary } from '../bytes.ts';
import { encodeUtf8 } from '../utf8.ts';
import { compileRegex } from './compile.ts';
import { parseRegex } from './parse.ts';
import { hasFewPaths, takesFirst } from './takes-first.ts';

const match = (source: string, text: string, options = {}) =>
  compileRegex(source, { extended: true, ...options }).exec(text);

const find = (source: string, text: string, options = {}): string | undefined => {
  const found = match(source, text, options);
  return found === undefined ? undefined : text.slice(found.start, found.end);
};

const utf8 = (text: string): string => toBinary(encodeUtf8(text));

it.each([
  ['(', 'Unmatched ( or \\('],
  ['[a', 'Unmatched [, [^, [:, [., or [='],
  ['a{2,1}', 'Invalid content of \\{\\}'],
  ['[[:nope:]]', 'Invalid character class name'],
  ['(a)\\2', 'Invalid back reference'],
  ['(a)|\\1', 'Invalid back reference'],
  ['((a{1000}){1000})*', 'Regular expression too big'],
])('says what is wrong with %s', (source, message) => {
  expect(() => find(source, '')).toThrow(message);
});

it.each([
  ['a|ab|abc', 'xabcd', 'abc'],
  ['(a|ab)(c|bcd)', 'abcd', 'abcd'],
  ['foo|foobar$', 'foobar', 'foobar'],
  ['x*', 'aaa', ''],
  ['(b|bc|bcd)+', 'abcdbc', 'bcdbc'],
  ['a*(ab)*', 'aab', 'aab'],
  ['^(a+)+b$', 'a'.repeat(60), undefined],
  ['a{3,1500}', 'a'.repeat(2000), 'a'.repeat(1500)],
])('takes the longest match of %s', (source, text, expected) => {
  expect(find(source, text)).toBe(expected);
});

it.each([
  ['(a*)(ab)*', 'aab', ['a', 'ab']],
  ['(a|ab)(c|bcd)(d*)', 'abcd', ['a', 'bcd', '']],
  ['(a?)*c', 'ac', ['a']],
  ['(a?){,3}c', 'ac', ['']],
  ['(a|(b))*', 'ba', ['a', 'b']],
  ['(x)?a', 'a', [undefined]],
])('gives the groups of %s what glibc gives them', (source, text, groups) => {
  expect(match(source, text)?.groups).toEqual(groups);
});

it('finds the groups of a long text in linear time', () => {
  const text = `${'ab'.repeat(5000)}c`;
  expect(match('((a|b)*)*c', text)?.groups).toEqual(['ab'.repeat(5000), 'b']);
});

it('matches back-references, longest first', () => {
  expect(find('(a*)b\\1', 'aabaaa')).toBe('aabaa');
  expect(find('(.)(.)\\2\\1', 'xabba')).toBe('abba');
  expect(find('(a)x\\1', 'AxA', { ignoreCase: true })).toBe('AxA');
  expect(find('^(.*)\\1$', 'abcabd')).toBeUndefined();
});

it('ends the lab where back-references would take for ever', () => {
  const source = `(a*)*${'(a*)*'.repeat(4)}\\1b`;
  expect(() => find(source, 'a'.repeat(40))).toThrow('regexec: not supported: a search with');
});

it.each([
  ['a|ab|abc', 'xabcd', true],
  ['^(HP|HPE)$', 'HPE', true],
  ['^(a|ab)(c|bcd)$', 'abcd', true],
  ['^(a|ab)(c|bcd)$', 'abcc', false],
  ['(a|ab)(a|ab)(a|ab)(a|ab)(a|ab)(a|ab)(a|ab)c', 'abababc', false],
])('says whether there is a match of %s, whose branches begin alike', (source, text, expected) => {
  expect(compileRegex(source, { extended: true }).test(text)).toBe(expected);
});

it('lets JavaScript say whether there is a match only where few paths lead through', () => {
  const fewPaths = (source: string): boolean =>
    hasFewPaths(parseRegex(source, { extended: true }).node);
  expect(fewPaths('(a|ab)(c|bcd)')).toBe(true);
  expect(fewPaths('(a|ab)*')).toBe(false);
  expect(fewPaths('(a|ab)'.repeat(6))).toBe(true);
  expect(fewPaths('(a|ab)'.repeat(7))).toBe(false);
});

it('leaves to JavaScript only what it does quickly and as POSIX wants it', () => {
  const longest = (source: string): number =>
    takesFirst(parseRegex(source, { extended: true }).node);
  expect(longest('State: (LIVE|SUSPENDED)')).toBe(Infinity);
  expect(longest('^[^:]*:')).toBeGreaterThan(1000);
  expect(longest('.*a.*b')).toBeLessThan(1000);
  for (const source of ['a|ab', '(ab)*', 'a*(ab)?', '.*.*.*', '(a+)+', '[ab]|a']) {
    expect(longest(source)).toBe(0);
  }
});

it('takes a star at the start of a basic expression as a character', () => {
  expect(find('*a', 'x*a', { extended: false })).toBe('*a');
  expect(find('^*a', '*a', { extended: false })).toBe('*a');
  expect(find('\\(*a\\)', '*a', { extended: false })).toBe('*a');
});

it.each(['*a', '^*', '$*', '(*a)', 'a|*b', '{1}', 'a{1', 'a{x}', '\\<*'])(
  'refuses %s where regcomp does, and takes it elsewhere',
  (source) => {
    expect(() => match(source, 'a', { posix: true })).toThrow(/^(Invalid|Unmatched) /);
    expect(() => match(source, 'a')).not.toThrow();
  },
);

it('knows classes, ranges and a bracket that comes first', () => {
  expect(find('[]a]+', 'x]a]')).toBe(']a]');
  expect(find('[[:digit:]_-]+', 'x1_2-3')).toBe('1_2-3');
  expect(find('[^[:space:]]+', ' ab c')).toBe('ab');
  expect(find('[[.a.]]b', 'ab')).toBe('ab');
});

it('finds whole words and whole lines', () => {
  expect(find('a|ab', 'ab a', { whole: 'word' })).toBe('ab');
  expect(find('(foo)*', 'xfoo foo', { whole: 'word' })).toBe('foo');
  expect(find('a|ab', 'ab', { whole: 'line' })).toBe('ab');
  expect(find('(a)(b)?', 'ab c', { whole: 'line' })).toBeUndefined();
});

it('counts a character of several bytes as one only when told to', () => {
  const text = utf8('äb');
  expect(find('^.', text)).toBe('\xc3');
  expect(find('^.', text, { utf8: true })).toBe(utf8('ä'));
  expect(find('[^b]', text, { utf8: true })).toBe(utf8('ä'));
  expect(find(utf8('ä*'), utf8('ääx'), { utf8: true })).toBe(utf8('ää'));
  expect(find(utf8('Ä'), text, { utf8: true, ignoreCase: true })).toBe(utf8('ä'));
});

it('knows no character in a byte that is not UTF-8', () => {
  expect(find('a.b', 'a\xe9b', { utf8: true })).toBeUndefined();
  expect(find('a.b', 'a\xe9b')).toBe('a\xe9b');
});
