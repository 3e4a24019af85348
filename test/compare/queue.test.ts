// Studies through Redis and `dmsim worker`: the same result, whoever dies. Needs the build, and redis-server.
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { call } from '../cli/in-process.ts';
import { ALL } from '../share.ts';

const bin = new URL('../../packages/cli/bin/dmsim.js', import.meta.url).pathname;
const missing = spawnSync('redis-server', ['--version']).error !== undefined;
if (missing) console.log('redis-server is not installed: tests of --queue are left out');

let folder = '';
let url = '';
const children: ChildProcess[] = [];

/** Ends when the process has printed `words` on standard error. */
function start(words: string, command: string, ...args: string[]): Promise<ChildProcess> {
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (text: Buffer): void => {
      said += text.toString();
      if (said.includes(words)) resolve(child);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', (status) => reject(new Error(`${command} ended with ${status}: ${said}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

const startWorker = (): Promise<ChildProcess> =>
  start('waiting for runs', process.execPath, bin, 'worker', '--jobs', '1', url);

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.on('exit', resolve);
  });

describe.skipIf(missing)('a study through a queue', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dmsim-queue-'));
    writeFileSync(join(folder, 'lab.sh'), 'sleep $x\nsimctl measure later $((x + y))\n');
    const port = String(await freePort());
    url = `redis://127.0.0.1:${port}`;
    const args = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    await start('Ready to accept connections', 'redis-server', ...args);
  });
  afterAll(async () => {
    for (const child of children.toReversed()) child.kill('SIGTERM');
    await Promise.all(children.map(ended));
    rmSync(folder, { recursive: true, force: true });
  });

  const SWEEP = ['--vary', 'x=1..20', '--vary', 'y=1..20'];

  it.runIf(ALL)(
    'loses nothing and counts nothing twice when a worker is killed in the middle',
    async () => {
      const [victim] = await Promise.all([startWorker(), startWorker()]);
      const args = ['sweep', '--lab', 'lab.sh', ...SWEEP, '--csv', 'queued.csv', '--queue', url];
      const sweep = spawn(process.execPath, [bin, ...args], { cwd: folder });
      const part = join(folder, 'queued.csv.part');
      await expect
        .poll(() => (existsSync(part) ? readFileSync(part, 'utf8').split('\n').length : 0), {
          timeout: 60_000,
          interval: 20,
        })
        .toBeGreaterThan(20);
      // The work is done by a child of the process that the user starts: both go.
      const kin = spawnSync('pgrep', ['-P', String(victim.pid)], {
        encoding: 'utf8',
      }).stdout.trim();
      for (const pid of kin.split('\n')) process.kill(Number(pid), 'SIGKILL');
      victim.kill('SIGKILL');
      expect(await ended(sweep)).toBe(0);
      const files = ['--lab', join(folder, 'lab.sh'), '--csv', join(folder, 'here.csv')];
      expect(await call('sweep', ...SWEEP, ...files, '--jobs', '1')).toMatchObject({ status: 0 });
      const queued = readFileSync(join(folder, 'queued.csv'), 'utf8');
      expect(queued).toBe(readFileSync(join(folder, 'here.csv'), 'utf8'));
      expect(queued.split('\r\n')).toHaveLength(402);
    },
  );

  it.runIf(ALL)('explores a lab with the same outcomes as in one process', async () => {
    const worker = await startWorker();
    const race = 'echo a & echo b & wait\n';
    writeFileSync(join(folder, 'race.sh'), race);
    const args = ['explore', '--runs', '120', '--json', '--out', join(folder, 'found')];
    const { stdout: here } = await call(...args, '--jobs', '1', join(folder, 'race.sh'));
    expect(JSON.parse(here).outcomes).toHaveLength(2);
    const there = await call(...args, '--queue', url, join(folder, 'race.sh'));
    expect(there.stdout).toBe(here);
    worker.kill('SIGTERM');
    await ended(worker);
  });

  it('ends a worker that is told to, with status 0', async () => {
    const worker = await startWorker();
    worker.kill('SIGTERM');
    expect(await ended(worker)).toBe(0);
  });
});

it.each([
  [['worker', 'redis://127.0.0.1:1'], 'Connection refused'],
  [['sweep', '--lab=/dev/null', '--queue=http://x', '--vary=x=1'], 'is not redis://HOST:PORT'],
])('refuses %j in a line', async (args, message) => {
  const { status, stderr } = await call(...args);
  expect(status).toBe(125);
  expect(stderr).toMatch(new RegExp(`^dmsim: .*${message}\n$`));
});
