import { expect, it } from 'vitest';

import { tokenize } from './tokens.ts';

const text = (line: string): string[] =>
  tokenize(line).map((token) => (token.kind === 'quote' ? 'QUOTE' : token.text));

it.each([
  ['', []],
  ['  # a comment', []],
  ['! another', []],
  ['\tpolling_interval\t5 # seconds', ['polling_interval', '5']],
  ['defaults {', ['defaults', '{']],
  ['defaults{', ['defaults', '{']],
  ['}', ['}']],
  ['path_selector "service-time 0"', ['path_selector', 'QUOTE', 'service-time 0', 'QUOTE']],
  ['product "a ""b"" c"', ['product', 'QUOTE', 'a "b" c', 'QUOTE']],
  ['wwid "a # b"', ['wwid', 'QUOTE', 'a # b', 'QUOTE']],
])('%s', (line, expected) => {
  expect(text(line)).toEqual(expected);
});
