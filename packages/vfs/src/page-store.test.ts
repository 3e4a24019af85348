import { expect, it } from 'vitest';

import { PageStore } from './page-store.ts';
import { createSpace } from './space.ts';
import { createDirectory, createFile, createTmpfs } from './tmpfs.ts';

const bytes = (n: number): Uint8Array => new Uint8Array(n).fill(7);

it('takes no room for a hole, however large', () => {
  const store = new PageStore();
  store.truncate(10 * 2 ** 40);
  store.write(2 ** 40, bytes(1));
  expect([store.length, store.allocated]).toEqual([10 * 2 ** 40, 1]);
  expect([...store.read(2 ** 40 - 1, 3)]).toEqual([0, 7, 0]);
});

it('writes what finds room, and nothing once it is full', () => {
  const store = new PageStore();
  const space = createSpace(8192);
  store.moveTo(space);
  expect(store.write(100, bytes(10_000))).toBe(8092);
  expect(store.write(8192, bytes(1))).toBe('ENOSPC');
  expect(store.write(0, bytes(8192))).toBe(8192);
  store.truncate(4096);
  expect(space.used).toBe(1);
});

it('shows zeros where a file was cut and grown again', () => {
  const store = new PageStore();
  store.write(0, bytes(5000));
  store.truncate(10);
  store.truncate(5000);
  expect([...store.read(9, 2)]).toEqual([7, 0]);
});

it('is the same when it is seen in one piece', () => {
  const store = new PageStore();
  store.write(5000, bytes(2));
  const whole = store.whole();
  whole[0] = 9;
  store.write(5001, Uint8Array.of(8));
  expect([whole.length, whole[5000], whole[5001]]).toEqual([5002, 7, 8]);
  expect([...store.read(0, 1)]).toEqual([9]);
});

it('gives the room back when the last name is gone', () => {
  const root = createTmpfs(8192);
  const inner = createDirectory();
  root.link('inner', inner);
  const file = createFile(bytes(8192));
  expect(inner.link('a', file)).toBeUndefined();
  expect(root.link('b', createFile('x'))).toBe('ENOSPC');
  root.link('hard', file);
  inner.unlink('a');
  expect(root.space?.used).toBe(2);
  root.unlink('hard');
  expect(root.space?.used).toBe(0);
});
