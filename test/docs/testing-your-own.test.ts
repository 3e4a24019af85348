// testing-your-own.test.ts — The blocks of docs/testing-your-own.md do what the page says.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { VERSION } from '../../packages/cli/src/version.ts';
import { bundleSources } from '../properties/bundle-sources.ts';
import { ALL } from '../share.ts';

const CLI = fileURLToPath(new URL('../../packages/cli/bin/dmsim.js', import.meta.url));
const PAGE = readFileSync(new URL('../../docs/testing-your-own.md', import.meta.url), 'utf8');
const blocks = [...PAGE.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, kind, text = '']) => ({
  kind,
  text,
}));

const folder = mkdtempSync(join(tmpdir(), 'dmsim-page-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  const kit = fileURLToPath(new URL('../../packages/kit/src/index.ts', import.meta.url));
  writeFileSync(join(folder, 'kit.mjs'), await bundleSources(kit));
}, 60_000);

/** Runs the script of that number, and returns its output. */
const scriptSays = (nth: number): string =>
  says(blocks.filter(({ kind }) => kind === 'js')[nth]?.text ?? '');

function says(script: string): string {
  writeFileSync(join(folder, 'script.mjs'), script.replace("'@dmsim/kit'", "'./kit.mjs'"));
  const { stderr } = spawnSync(process.execPath, ['script.mjs'], { cwd: folder, encoding: 'utf8' });
  return stderr;
}

it('its property is refuted by a schedule that is printed as a lab', () => {
  const stderr = scriptSays(0);
  expect(stderr).toContain('CheckFailed: a suspend is over within two milliseconds: it took ');
  expect(stderr).toMatch(/Again: the same call of check with seed: 1, path: '[\d:]+'$/m);
  expect(stderr).toContain('modprobe scsi_debug add_host=4');
});

it('its selector breaks the rules that it says', () => {
  expect(scriptSays(3)).toContain(
    'SelectorUnfit: forgetful breaks the rule "chooses nothing when all paths have failed, and the one that comes back": ' +
      'it chooses none when only 8:0 is back\n' +
      'forgetful breaks the rule "chooses among all again after each has failed and come back": ',
  );
});

it('its target is found to forget a read', () => {
  const stderr = scriptSays(4);
  expect(stderr).toContain('CheckFailed: every bio completes exactly once: bio 1 (READ ');
  expect(stderr).toContain('and nothing will ever complete it');
  expect(stderr).toContain('dmsetup create mp --table "0 1024 forgets $d0 0"\nread_ ');
});

it.runIf(ALL)(
  'its target that keeps writes breaks nothing, and leaves one unended if it does not let go of them for a suspend',
  () => {
    const page = blocks.filter(({ kind }) => kind === 'js')[5]?.text ?? '';
    expect(says(page)).toBe('');
    const keeping = page.replace(
      'bio.status = kit.BLK_STS.DM_REQUEUE;\n      kit.bioEndio(bio);',
      '',
    );
    expect(keeping).not.toBe(page);
    expect(says(keeping)).toMatch(
      /CheckFailed: [^]*a suspend of 254:0 \(dm-0\) waits .* and nothing will ever complete that/,
    );
  },
);

it.runIf(ALL)('its schedules with all kinds of trouble break nothing', () => {
  expect(scriptSays(1)).toBe('');
});

it('its virtual machine stops, in a lab that starts it', () => {
  const stderr = scriptSays(2);
  expect(stderr).toContain('the virtual machine never stops for an error: its disk had an error');
  expect(stderr).toMatch(/^qemu-system-x86_64 .*[rw]error=stop/m);
  expect(stderr).toMatch(/guest vm "dd /);
});

it.runIf(ALL)('its virtual machine does not stop where QEMU tries again', () => {
  const page = blocks.filter(({ kind }) => kind === 'js')[2]?.text ?? '';
  const retrying = page.replace("{ policies: ['stop'] }", "{ policies: ['retry'], patient: true }");
  expect(retrying).not.toBe(page);
  expect(says(retrying)).toBe('');
});

it.runIf(ALL)('its commands lead from the lab to what it says of it', () => {
  const lab = blocks.find(({ kind }) => kind === 'bash')?.text ?? '';
  writeFileSync(join(folder, 'my-lab.sh'), lab);
  const [install, explore, replay, diff, exhaustive, watch, generate, ...more] = blocks
    .filter(({ kind }) => kind === '')
    .flatMap(({ text }) => text.trim().split('\n'));
  expect([install, more]).toEqual([
    `npm install dmsim-${VERSION}.tgz dmsim-kit-${VERSION}.tgz`,
    [],
  ]);
  const run = (line = '', ...options: string[]) => {
    const [, dmsim, command = '', ...args] = line.split(' ');
    expect(dmsim).toBe('dmsim');
    return spawnSync(process.execPath, [CLI, command, ...options, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  };
  const found = run(explore, '--runs', '100', '--expect', 'told', '--expect-one');
  expect(found.stdout).toContain('2 outcomes in 100 runs');
  expect(found.stdout).toMatch(/^1\. \d\d runs, the first with seed 1: exit status 1$/m);
  expect(found.stdout).toMatch(
    /happens with this choice:\n +the start of .* takes \d times as long/,
  );
  expect(found.stdout).toMatch(/what led to it:\n[^]*bio 1 fails[^]*left out: \d+ events/);
  expect(found.status).toBe(1);
  expect(run(replay).status).toBe(1);
  expect(run(diff).stdout).toMatch(/they part at [^]*\+ my-lab-1\.choices chooses: the start of /);
  const [property = ''] = blocks.filter(({ kind }) => kind === 'js').map(({ text }) => text);
  const invariant = property.replace(/^check\(.*\n/m, '');
  writeFileSync(join(folder, 'quick-only.mjs'), invariant.replace("'@dmsim/kit'", "'./kit.mjs'"));
  expect(run(watch, '--runs', '20').stdout).toContain('outcomes in 20 runs');
  expect(run(generate).stdout).toContain('a suspend is over within two milliseconds: it took ');
  expect(run(exhaustive, '--runs', '50').stdout).toMatch(
    /not all orders of events of one instant with at most 2 choices .* were run/,
  );
});
