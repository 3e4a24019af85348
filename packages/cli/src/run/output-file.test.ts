import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { Refusal } from '../refusal.ts';
import { openOutput } from './output-file.ts';

const NOTHING = { inputs: [] };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-output-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('refuses before the lab begins when the folder is missing', () => {
  const path = join(folder, 'no', 'trace.json');
  expect(() => openOutput(path, NOTHING)).toThrow(
    new Refusal(`${path}: No such file or directory`),
  );
});

it('refuses a folder in place of the file', () => {
  expect(() => openOutput(folder, NOTHING)).toThrow(new Refusal(`${folder}: Is a directory`));
});

it.skipIf(process.getuid?.() === 0)('refuses a folder that may not be written to', () => {
  chmodSync(folder, 0o500);
  const path = join(folder, 'trace.json');
  expect(() => openOutput(path, NOTHING)).toThrow(Refusal);
  expect(existsSync(path)).toBe(false);
});

it('never writes over a file that is read, by whatever name', () => {
  const lab = join(folder, 'lab.sh');
  writeFileSync(lab, 'echo\n');
  const link = join(folder, 'link');
  linkSync(lab, link);
  const symlink = join(folder, 'symlink');
  symlinkSync(lab, symlink);
  for (const path of [lab, link, symlink]) {
    expect(() => openOutput(path, { inputs: [lab] })).toThrow(/the same file as/);
  }
  expect(readFileSync(lab, 'utf8')).toBe('echo\n');
  expect(readdirSync(folder)).toHaveLength(3);
});

it('replaces the file only when the run has ended, and keeps its mode', () => {
  const path = join(folder, 'trace.json');
  writeFileSync(path, 'before', { mode: 0o640 });
  const file = openOutput(path, NOTHING);
  file.write('after');
  expect(readFileSync(path, 'utf8')).toBe('before');
  file.finish();
  expect(readFileSync(path, 'utf8')).toBe('after');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder)).toEqual(['trace.json']);
});

it('leaves no trace of itself when it is abandoned', () => {
  const path = join(folder, 'trace.json');
  const file = openOutput(path, NOTHING);
  file.write('after');
  file.abandon();
  expect(readdirSync(folder)).toEqual([]);
});

it('replaces what a symbolic link leads to, not the link', () => {
  const target = join(folder, 'target');
  const path = join(folder, 'link');
  writeFileSync(target, 'before');
  symlinkSync('target', path);
  const file = openOutput(path, NOTHING);
  file.write('after');
  file.finish();
  expect(lstatSync(path).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, 'utf8')).toBe('after');
});

it('writes into a device, which stays one', () => {
  const file = openOutput('/dev/null', NOTHING);
  file.write('gone');
  file.finish();
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
});

it('says at the end that a disk was full', () => {
  const file = openOutput('/dev/full', NOTHING);
  file.write('too much');
  expect(() => file.finish()).toThrow(new Refusal('/dev/full: No space left on device'));
});

it('compresses what is called .gz', () => {
  const path = join(folder, 'trace.json.gz');
  const file = openOutput(path, NOTHING);
  for (let i = 0; i < 1000; i++) file.write(`line ${i}\n`);
  file.finish();
  const packed = readFileSync(path);
  const text = gunzipSync(packed).toString();
  expect(text.split('\n')).toHaveLength(1001);
  expect(packed.length).toBeLessThan(text.length / 2);
});
