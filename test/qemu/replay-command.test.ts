// dmsim replay-qmp as a user meets it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { call } from '../cli/in-process.ts';

const root = new URL('../..', import.meta.url).pathname;
const recording = join(root, 'test/qemu/qtdev/blk-report-report.jsonl');
const racy = join(root, 'test/qemu/qtdev/blk-cont-pipelined.variant-really-stopped.jsonl');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-replay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const replay = (...args: string[]): ReturnType<typeof call> => call('replay-qmp', ...args);

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('dmsim replay-qmp', () => {
  it('says ok of a recording that replays', async () => {
    expect(await replay(recording)).toEqual({ status: 0, stdout: `ok ${recording}\n`, stderr: '' });
  });

  it('says where a recording first differs', async () => {
    const text = readFileSync(recording, 'utf8').replaceAll('No space left', 'No room left');
    const path = file('differs.jsonl', text);
    const { status, stdout } = await replay(path, recording);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /differs\.jsonl:8: differs\n {2}expected .*No room.*\n {2}got .*No space/,
    );
    expect(stdout).toContain(`ok ${recording}\n`);
  });

  it('goes on after a difference with --all, and counts what is changed, missing or too much', async () => {
    const lines = readFileSync(recording, 'utf8').trimEnd().split('\n');
    const text = lines
      .map((line) => line.replace('No space left', 'No room left'))
      .toSpliced(10, 0, '{"dir":"s2c","msg":{"event":"NEVER"}}')
      .filter((line) => !line.includes('SHUTDOWN'));
    const path = file('several.jsonl', text.join('\n'));
    const { status, stdout } = await replay('--all', path, recording);
    expect(status).toBe(1);
    const places = stdout.split('\n').filter((line) => !line.startsWith('  '));
    expect(places).toEqual([
      `${path}:8: differs`,
      `${path}:11: differs`,
      `${path}:16: differs`,
      `3 differences in ${path}`,
      `ok ${recording}`,
      '1 of 2 differ: 3 differences',
      '',
    ]);
    expect(stdout).toMatch(/:11: differs\n {2}expected .*NEVER.*\n {2}got .*running/);
    expect(stdout).toMatch(/:16: differs\n {2}expected .*return.*\n {2}got .*SHUTDOWN/);
    expect((await replay(path)).stdout).toMatch(/^.*:8: differs\n.*\n.*\n$/);
  });

  it('tries other orders when it is asked to', async () => {
    expect((await replay(racy)).status).toBe(1);
    expect((await replay('--seeds', '50', racy)).status).toBe(0);
  });

  it.each([
    [[], 'no file given'],
    [['/nosuch'], '/nosuch: No such file or directory'],
    [['/'], '/: Is a directory'],
    [['--seeds', 'x', '/'], '--seeds takes a number'],
    [['--bogus'], "Unknown option '--bogus'"],
  ])('refuses %j', async (args, why) => {
    const { status, stderr } = await replay(...args);
    expect(status).toBe(125);
    expect(stderr).toContain(why);
  });

  it.each([
    ['not JSON', 'hello\n', 'not JSON'],
    ['no object', '1\n', 'not a JSON object'],
    ['no meta line', '{"dir":"c2s","msg":{}}\n', 'it begins with'],
    ['no command line', '{"dir":"meta"}\n', 'it begins with'],
    ['another kind of line', '{"dir":"meta","argv":["q"]}\n{"dir":"x"}\n', ':2: not a recording'],
    ['nothing', '', 'it begins with'],
  ])('refuses a file with %s', async (_what, text, why) => {
    const { status, stdout, stderr } = await replay(recording, file('bad.jsonl', text));
    expect([status, stdout]).toEqual([125, '']);
    expect(stderr).toContain(why);
  });

  it('explains itself', async () => {
    expect(await replay('--help')).toMatchObject({ status: 0, stderr: '' });
  });
});
