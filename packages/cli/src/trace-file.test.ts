import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createMachine, runLab } from '@dmsim/host';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { Refusal } from './refusal.ts';
import { startTrace } from './trace-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-trace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('replaces the file only when the run has ended', () => {
  const path = join(folder, 'trace.json');
  writeFileSync(path, 'before');
  const machine = createMachine();
  const trace = startTrace(machine, path);
  runLab(machine, { name: 'lab.sh', text: 'echo hello', onOutput: () => undefined });
  expect(readFileSync(path, 'utf8')).toBe('before');
  trace.finish();
  expect(Array.isArray(JSON.parse(readFileSync(path, 'utf8')))).toBe(true);
  expect(readdirSync(folder)).toEqual(['trace.json']);
});

it('refuses before the lab begins when the folder is missing', () => {
  const path = join(folder, 'no', 'trace.json');
  expect(() => startTrace(createMachine(), path)).toThrow(
    new Refusal(`${path}: No such file or directory`),
  );
});

it('refuses a folder in place of the file', () => {
  expect(() => startTrace(createMachine(), folder)).toThrow(
    new Refusal(`${folder}: Is a directory`),
  );
});

it.skipIf(process.getuid?.() === 0)('refuses a folder that may not be written to', () => {
  chmodSync(folder, 0o500);
  const path = join(folder, 'trace.json');
  expect(() => startTrace(createMachine(), path)).toThrow(Refusal);
  expect(existsSync(path)).toBe(false);
});
