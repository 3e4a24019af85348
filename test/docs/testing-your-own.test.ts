// testing-your-own.test.ts — The blocks of docs/testing-your-own.md do what the page says.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { bundleSources } from '../properties/bundle-sources.ts';

const CLI = fileURLToPath(new URL('../../packages/cli/bin/dmsim.js', import.meta.url));
const PAGE = readFileSync(new URL('../../docs/testing-your-own.md', import.meta.url), 'utf8');
const blocks = [...PAGE.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, kind, text = '']) => ({
  kind,
  text,
}));

/** What the script of that number says when it is run. */
async function scriptSays(nth: number): Promise<string> {
  const script = blocks.filter(({ kind }) => kind === 'js')[nth]?.text ?? '';
  // Here, so that what it imports is found.
  const file = fileURLToPath(new URL(`.page-${process.pid}-${nth}.mjs`, import.meta.url));
  writeFileSync(file, script);
  const code = await bundleSources(file).finally(() => rmSync(file));
  const { stderr } = spawnSync(process.execPath, ['--input-type=module'], {
    input: code,
    encoding: 'utf8',
  });
  return stderr;
}

it('its property is refuted by a schedule that is printed as a lab', async () => {
  const stderr = await scriptSays(0);
  expect(stderr).toContain('CheckFailed: a suspend is over within two milliseconds: it took ');
  expect(stderr).toMatch(/Again: check\(schedules, \{ seed: 1, path: '[\d:]+' \}\)/);
  expect(stderr).toContain('modprobe scsi_debug add_host=4');
});

it('its selector breaks the rules that it says', async () => {
  expect(await scriptSays(1)).toContain(
    'SelectorUnfit: forgetful chooses nothing when all paths have failed, and the one that comes back: not so, ' +
      'it chooses none when only 8:0 is back\n' +
      'forgetful chooses among all again after each has failed and come back: not so',
  );
});

it('its commands are those that dmsim has', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dmsim-page-'));
  try {
    // One outcome in fifo, another one in others.
    writeFileSync(
      join(folder, 'my-lab.sh'),
      '(sleep 0.01; echo a) &\n(sleep 0.01; echo b) &\nwait\n',
    );
    const commands = blocks.filter(({ kind }) => kind === '').map(({ text }) => text.trim());
    expect(commands.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'dmsim explore',
      'dmsim run',
    ]);
    const [explore = '', replay = ''] = commands.map((line) =>
      line.replace('dmsim explore', 'dmsim explore --runs 40'),
    );
    const run = (line: string) =>
      spawnSync(process.execPath, [CLI, ...line.split(' ').slice(1)], {
        cwd: folder,
        encoding: 'utf8',
      });
    expect(run(explore).stdout).toContain('2 outcomes in 40 runs');
    const other = run(
      replay.replaceAll(
        'my-lab-2',
        run(explore).stdout.includes('my-lab-1.sh') ? 'my-lab-1' : 'my-lab-2',
      ),
    );
    expect([other.stdout, other.status]).toEqual(['b\na\n', 0]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
