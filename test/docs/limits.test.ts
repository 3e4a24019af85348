// docs/limits.md lists every limit of what a lab may use, with its default.
import { readFileSync } from 'node:fs';

import { LIMITS } from '@dmsim/sim';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/limits.md', import.meta.url), 'utf8');
const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));

it.each(Object.entries(LIMITS))('docs/limits.md lists %s', (name, { value }) => {
  const row = rows.find(([, first]) => first === `\`${name}\``);
  expect(row?.[2]).toBe(value.toLocaleString('en-US'));
});
