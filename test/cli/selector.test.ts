// dmsim run --selector, as a user meets it. Needs the build, which `npm test` makes first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { loadSelectors } from '../../packages/cli/src/plugins/load-selectors.ts';
import { ALL } from '../share.ts';
import { call } from './in-process.ts';

const bin = new URL('../../packages/cli/bin/dmsim.js', import.meta.url).pathname;

const LAB = `modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0
dmsetup create mp --table "0 16384 multipath 1 queue_if_no_path 0 1 1 last 0 2 0 8:0 8:16" || exit 1
dd if=/dev/mapper/mp of=/dev/null bs=4096 count=3 iflag=direct status=none
awk '{ print $1 }' /sys/block/sda/stat /sys/block/sdb/stat
`;

const LAST = `{
  name: 'last', tableArgs: 0, infoArgs: 0,
  create: () => ({ state: [] }),
  addPath: (state, path) => void state.push(path),
  failPath() {}, reinstatePath() {},
  status: (state, path) => (path === null ? '0 ' : ''),
  selectPath: (state) => state.at(-1),
}`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-selector-'));
  const files: Record<string, string> = {
    'lab.sh': LAB,
    'last.js': `export const last = ${LAST};`,
    'last.ts': `export const last: unknown = ${LAST};`,
    'silent.mjs': `export default { ...${LAST}, selectPath: () => null };`,
    'undefined.mjs': `export default { ...${LAST},\n selectPath() {} };`,
    'errno.mjs': `export default { ...${LAST},\n create: () => 'EFOO' };`,
    'misspelt.mjs': `export default { ...${LAST}, endIO() {} };`,
    'never.mjs': `await new Promise(() => {});\nexport default ${LAST};`,
    'loops.mjs': `export default { ...${LAST},\n selectPath() { for (;;); } };`,
    'throws.mjs': `export default { ...${LAST}, selectPath() { throw new Error('oops'); } };`,
    'torn.mjs': 'export default {',
    'leaves.mjs': 'process.exit(0);',
    'notes.txt': 'last',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Names of files are those in the folder. */
async function dmsim(file: string): Promise<Awaited<ReturnType<typeof call>>> {
  const [selector, lab] = [join(folder, file), join(folder, 'lab.sh')];
  const { stderr, ...rest } = await call('run', '--quiet', '--selector', selector, lab);
  return { ...rest, stderr: stderr.replaceAll(`${folder}/`, '') };
}

/** In a process of its own, where modules are loaded by Node.js and a run can be stopped. */
function start(...options: string[]): { status: number | null; stdout: string; stderr: string } {
  const args = [bin, 'run', '--quiet', ...options, 'lab.sh'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    cwd: folder,
  });
  return { status, stdout, stderr };
}

describe('dmsim run --selector', () => {
  it('lets table lines name the selector', async () => {
    expect(await dmsim('last.js')).toEqual({ status: 0, stdout: '3\n6\n', stderr: '' });
  });

  it('takes TypeScript, whatever Node.js can do itself', async () => {
    expect(await dmsim('last.ts')).toMatchObject({ status: 0, stderr: '' });
  });

  it.each([
    [
      'undefined.mjs',
      'dmsim: undefined.mjs:7: path selector last: selectPath answered undefined, not a path that addPath was given, or null\n',
    ],
    [
      'errno.mjs',
      'dmsim: errno.mjs:3: path selector last: create answered "EFOO", not { state } or an errno\n',
    ],
    [
      'misspelt.mjs',
      'dmsim: misspelt.mjs: path selector last: endIO is no hook of a selector: it is called endIo\n',
    ],
    ['nosuch.mjs', 'dmsim: nosuch.mjs: No such file or directory\n'],
  ])('ends with status 125 and one line for %s', async (file, line) => {
    expect(await dmsim(file)).toEqual({ status: 125, stdout: '', stderr: line });
  });

  it.each([
    ['throws.mjs', 'dmsim: throws.mjs:8: path selector last: selectPath threw: oops\n'],
    ['torn.mjs', 'dmsim: torn.mjs:1:17: Expected `}` but found `EOF`\n'],
    ['leaves.mjs', 'dmsim: leaves.mjs: does not load: it ended the process\n'],
    [
      'notes.txt',
      'dmsim: notes.txt: not a JavaScript or TypeScript module: its name is to end in .js, .mjs, .ts or .mts\n',
    ],
  ])('says why %s does not work', (file, line) => {
    expect(start('--selector', file)).toEqual({ status: 125, stdout: '', stderr: line });
  });

  it('does not wait for a module that has ended the process', () => {
    const statusAndTime = (...args: string[]): [number | null, number] => {
      const startedAt = process.uptime();
      const { status } = spawnSync(process.execPath, [bin, 'run', ...args], { cwd: folder });
      return [status, process.uptime() - startedAt];
    };
    const [, usual] = statusAndTime('lab.sh');
    const [status, time] = statusAndTime('--selector', 'leaves.mjs', 'lab.sh');
    expect(status).toBe(125);
    // It waited for five seconds, and then for three more.
    expect(time).toBeLessThan(3 * usual + 4);
  });

  it('gives up a module whose top-level await never ends', async () => {
    vi.useFakeTimers();
    const loading = loadSelectors([join(folder, 'never.mjs')]).catch(String);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await loading).toContain(
      'never.mjs: does not load: its top-level await takes more than 5 s',
    );
    vi.useRealTimers();
  });

  it.runIf(ALL)('ends a selector that never answers, by its name', () => {
    const { status, stderr } = start('--max-cpu-time', '1', '--selector', 'loops.mjs');
    expect(status).toBe(121);
    expect(stderr).toContain(
      'limit cpuTime: loops.mjs:7: path selector last: selectPath does not end',
    );
  });

  it('says whose fault it is when a selector chooses nothing and all waits', async () => {
    const { status, stderr } = await dmsim('silent.mjs');
    expect(status).toBe(122);
    expect(stderr).toContain(
      'I/O of dm-0, which has paths: path selector last (silent.mjs) chooses none\n',
    );
  });
});
