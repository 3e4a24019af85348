// The walk of docs/architecture.md leads through files and functions that are there.
import { readdirSync, readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const page = readFileSync(`${root}docs/architecture.md`, 'utf8');
const folders = ['packages', 'test'];
const files = folders.flatMap((folder) =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\b(?:node_modules|dist)\b/.test(file))
    .map((file) => `${folder}/${file}`),
);

/** `FILE.ts` and `FILE.ts: FUNCTION`. */
const named = [...page.matchAll(/`([\w/-]+\.ts)(?:: (\w+))?`/g)].map(([, file = '', name]) => ({
  file,
  name,
}));

const isThere = ({ file, name }: (typeof named)[number]): boolean =>
  files
    .filter((path) => `/${path}`.endsWith(`/${file}`))
    .some((path) => name === undefined || readFileSync(root + path, 'utf8').includes(` ${name}`));

it('names files and functions that are there', () => {
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((each) => !isThere(each))).toEqual([]);
});

it('names trace points that are there', () => {
  const points = files.filter((file) => file.endsWith('/trace-points.ts'));
  const all = points.map((file) => readFileSync(root + file, 'utf8')).join('');
  const bracketed = [...page.matchAll(/\[`(\w+)`\]/g)].map(([, point = '']) => point);
  expect(bracketed.filter((point) => !all.includes(` ${point}: {`))).toEqual([]);
});
