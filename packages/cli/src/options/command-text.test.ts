import { expect, it } from 'vitest';

import { commandText } from './command-text.ts';

it.each([
  [
    ['compare', 'lab.sh', '--vary', 'outage=0..180/20'],
    'dmsim compare lab.sh --vary outage=0..180/20',
  ],
  [['run', 'my lab.sh'], "dmsim run 'my lab.sh'"],
  [['run', '-c', 'echo $x; ls'], "dmsim run -c 'echo $x; ls'"],
  [['run', '--set', "who=it's", ''], String.raw`dmsim run --set 'who=it'\''s' ''`],
])('a shell takes the words of %j again', (words, text) => {
  expect(commandText(words)).toBe(text);
});
