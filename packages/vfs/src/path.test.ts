import { expect, it } from 'vitest';

import { nullDevice } from './character-devices.ts';
import { lookupPath, resolvePath } from './path.ts';
import { createDirectory, createFile, createSymlink } from './tmpfs.ts';

const file = createFile('x');
const root = createDirectory({
  a: createDirectory({
    b: createDirectory({ f: file, up: createSymlink('../..'), abs: createSymlink('/a/b/f') }),
  }),
  loop: createSymlink('loop'),
  dangling: createSymlink('a/new'),
  null: nullDevice(),
});
const at = { root, cwd: '/a' };

it.each([
  ['', 'ENOENT'],
  ['nope', 'ENOENT'],
  ['nope/x', 'ENOENT'],
  ['b/f/x', 'ENOTDIR'],
  ['b/f/', 'ENOTDIR'],
  ['/null/x', 'ENOTDIR'],
  ['/loop', 'ELOOP'],
  ['/loop/x', 'ELOOP'],
  ['x'.repeat(256), 'ENAMETOOLONG'],
] as const)('says of %j that it is %s', (path, error) => {
  expect(lookupPath(path, at)).toBe(error);
});

it.each([
  ['/', '/'],
  ['.', '/a'],
  ['..', '/'],
  ['../../..', '/'],
  ['b/../b/./f', '/a/b/f'],
  ['b//f', '/a/b/f'],
  ['b/up/a/b/abs', '/a/b/f'],
  ['b/', '/a/b'],
])('finds %s at %s', (path, expected) => {
  const resolved = resolvePath(path, at);
  expect(resolved).toMatchObject({ path: expected });
});

it('says where a missing file would be made, also behind a symlink', () => {
  expect(resolvePath('/dangling', at)).toMatchObject({
    name: 'new',
    path: '/a/new',
    node: undefined,
  });
});

it('does not follow the last symlink when asked not to', () => {
  expect(lookupPath('/loop', { ...at, follow: false })).toMatchObject({ kind: 'symlink' });
});
