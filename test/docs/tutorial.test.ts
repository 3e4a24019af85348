// The tutorial: its labs are those of docs/labs/tutorial, they print what was recorded on Linux, and what it says of them is so.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ALL } from '../share.ts';

const root = new URL('../..', import.meta.url);
const CLI = fileURLToPath(new URL('packages/cli/bin/dmsim.js', root));
const NAMES = ['paths', 'lost', 'swap'];
const page = readFileSync(new URL('docs/tutorial.md', root), 'utf8');
const blocks = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language,
  text: text ?? '',
}));
const labs = blocks.filter(({ language }) => language === 'bash').map(({ text }) => text);
const consoles = blocks.filter(({ language }) => language === 'console').map(({ text }) => text);
const plain = blocks.filter(({ language }) => language === '').map(({ text }) => text);
const fileOf = (name: string): string =>
  readFileSync(new URL(`docs/labs/tutorial/${name}`, root), 'utf8');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-tutorial-'));
  for (const [i, name] of NAMES.entries()) writeFileSync(join(folder, `${name}.sh`), labs[i] ?? '');
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

const dmsim = (...args: string[]): Ran =>
  spawnSync(process.execPath, [CLI, ...args], { cwd: folder, encoding: 'utf8' });

/** The text that a page shows of a terminal: without spaces at the ends of lines, and without the CPU time. */
const shown = (text: string): string => text.replaceAll(/ +$/gm, '').replace(/\d+ ms of CPU/, '');

describe('the tutorial', () => {
  it('has its labs in a folder, too', () => {
    expect(labs.slice(0, 3)).toEqual(NAMES.map((name) => fileOf(`${name}.sh`)));
  });

  it.each(NAMES)('shows what %s.sh prints, as Linux does', (name) => {
    const ran = dmsim('run', `${name}.sh`);
    expect(ran.stdout).toBe(fileOf(`${name}.expected`));
    expect(shown(consoles[NAMES.indexOf(name)] ?? '')).toBe(
      shown(`$ npx dmsim run ${name}.sh\n${ran.stdout}${ran.stderr}`),
    );
  });

  it('shows how the run without a path that returns hangs', () => {
    const lab = fileOf('lost.sh').replace(/echo "-- sda is back"[^]*wait\n/, '');
    writeFileSync(join(folder, 'hang.sh'), lab);
    const { stderr, status } = dmsim('run', 'hang.sh');
    expect(status).toBe(122);
    expect(plain).toContain(stderr);
  });

  it('loses the write where the suspend is one with a flush', () => {
    writeFileSync(
      join(folder, 'flush.sh'),
      fileOf('swap.sh').replace('suspend --noflush', 'suspend'),
    );
    expect(dmsim('run', 'flush.sh').stdout).toContain('write 1 FAILED\n');
  });

  it('shows lines of the log', () => {
    dmsim('run', '--log', 'swap.log', 'swap.sh');
    const lines = readFileSync(join(folder, 'swap.log'), 'utf8')
      .split('\n')
      .filter((line) => !line.includes(' sched_'))
      .join('\n');
    const part = plain.find((text) => text.startsWith('2.030000')) ?? 'missing';
    expect(lines).toContain(part);
  });

  it.runIf(ALL)('finds one outcome in 200 orders', () => {
    const { stdout } = dmsim('explore', '--runs', '200', 'swap.sh');
    expect(consoles).toContain(`$ npx dmsim explore --runs 200 swap.sh\n${stdout}`);
  });
});
