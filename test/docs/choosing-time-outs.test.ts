// The page about time-outs: its lab and its grids are what one gets.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { shareOf } from '../share.ts';

const root = new URL('../..', import.meta.url);
const CLI = fileURLToPath(new URL('packages/cli/bin/dmsim.js', root));
const page = readFileSync(new URL('docs/choosing-time-outs.md', root), 'utf8');
const blocksOf = (language: string): string[] =>
  [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, found]) => found === language)
    .map(([, , text]) => text ?? '');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-time-outs-'));
  writeFileSync(join(folder, 'outage.sh'), blocksOf('bash')[0] ?? '');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A page has no spaces at the end of a line. */
const trimmed = (text: string): string => text.replaceAll(/ +$/gm, '');

describe('docs/choosing-time-outs.md', () => {
  it.each(shareOf(blocksOf('console'), 3))('shows what command %# prints', (text) => {
    const [command = '', ...shown] = text.split('\n');
    const args = command.replace('$ npx dmsim ', '').split(' ');
    const { stdout } = spawnSync(process.execPath, [CLI, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(trimmed(stdout)).toBe(shown.join('\n'));
  });
});
