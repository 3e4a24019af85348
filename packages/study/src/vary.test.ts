import { expect, it } from 'vitest';

import { gridOf, parseVary, pointName, unreadVariables } from './vary.ts';

it.each([
  ['a=1,2,x', ['1', '2', 'x']],
  ['a=0..30/10', ['0', '10', '20', '30']],
  ['a=1..3', ['1', '2', '3']],
  ['a=0..1/0.25', ['0', '0.25', '0.5', '0.75', '1']],
])('%s has the values %j', (text, values) => {
  expect(parseVary(text)).toEqual({ name: 'a', values });
});

it.each([
  ['a', 'is not NAME=VALUE'],
  ['=1', 'is not NAME=VALUE'],
  ['a=', 'has an empty value'],
  ['a=1,1', 'has 1 twice'],
  ['a=5..1', 'it ends before it begins'],
  ['a=0..1/0', 'its step is not above 0'],
  ['a=0..99999999', 'more than 10000 values'],
  ['a=1..1e9', 'not FROM..TO/STEP'],
])('%s is refused', (text, message) => {
  const parsed = parseVary(text);

  expect(parsed).toContain(message);
});

it('makes a grid in which the last variable changes fastest', () => {
  const grid = gridOf([
    { name: 'a', values: ['1', '2'] },
    { name: 'b', values: ['x', 'y'] },
  ]);
  expect(grid.map(pointName)).toEqual(['a=1 b=x', 'a=1 b=y', 'a=2 b=x', 'a=2 b=y']);
});

it('finds the variables that nothing reads', () => {
  const variables = ['read', 'braced', 'readable', 'counted', 'lost', 'seed'].map((name) => ({
    name,
    values: ['1'],
  }));
  const texts = [
    'echo $read ${braced:-3}',
    'size=${readable}; echo $(((1 + 2) * counted)) lost $((2 + $(simctl seed)))',
  ];
  expect(unreadVariables(variables, texts)).toEqual(['lost', 'seed']);
});
