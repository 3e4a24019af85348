// dmsim playground, as a user starts it.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { decodeAddress } from '@dmsim/playground';
import { afterAll, afterEach, describe, expect, it } from 'vitest';

import { servePage } from '../../packages/cli/src/serve-page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const children: ChildProcess[] = [];

/** The command's first line, and how to end it. */
function start(
  ...args: string[]
): Promise<{ readonly line: string; readonly end: () => Promise<number | null> }> {
  const child = spawn(process.execPath, ['packages/cli/bin/dmsim.js', 'playground', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const exit = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  return new Promise((resolve, reject) => {
    let out = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (!out.includes('\n')) return;
      const end = (): Promise<number | null> => {
        child.kill('SIGINT');
        return exit;
      };
      resolve({ line: out.trimEnd(), end });
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    void exit.then((status) => reject(new Error(`${status}: ${said}`)));
  });
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const ask = (
  url: string,
  options: { readonly method?: string; readonly host?: string } = {},
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', host } = options;
    const headers = host === undefined ? {} : { host };
    request(url, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          text,
        }),
      );
    })
      .once('error', reject)
      .end();
  });

describe('the page on this machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dmsim-page-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<p>page');
  writeFileSync(join(folder, 'assets/a.js'), 'a');
  writeFileSync(join(folder, 'secret'), 's');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is served, and nothing else', async () => {
    const site = await servePage(`${folder}/`, 0);
    expect(await ask(site.address)).toMatchObject({
      status: 200,
      text: '<p>page',
      type: 'text/html; charset=utf-8',
    });
    expect(await ask(`${site.address}assets/a.js?x`)).toMatchObject({
      status: 200,
      type: 'text/javascript',
    });
    const paths = ['secret', 'assets', 'assets/', '..%2f', '%2e%2e/etc/passwd', 'nothing.js'];
    const replies = await Promise.all(paths.map((path) => ask(site.address + path)));
    expect(replies.map(({ status }) => status)).toEqual(paths.map(() => 404));
    expect((await ask(site.address, { method: 'POST' })).status).toBe(405);
    // Another name that leads here is another site's.
    expect((await ask(site.address, { host: 'evil.example' })).status).toBe(403);
    await site.close();
  });

  it('says that a port is taken', async () => {
    const site = await servePage(`${folder}/`, 0);
    const port = Number(new URL(site.address).port);
    await expect(servePage(`${folder}/`, port)).rejects.toThrow(
      `port ${port}: Address already in use`,
    );
    await site.close();
  });
});

describe.skipIf(!existsSync(join(root, 'packages/playground/dist/page/index.html')))(
  'dmsim playground',
  () => {
    it('prints an address that holds the lab, and ends when it is interrupted', async () => {
      const { line, end } = await start('docs/labs/replug.sh');
      const { hash } = new URL(line);
      const { spec } = await decodeAddress(hash.slice(1));
      expect(spec.lab).toBe(readFileSync(join(root, 'docs/labs/replug.sh'), 'utf8'));
      expect((await ask(line)).text).toContain('<title>dmsim playground</title>');
      expect(await end()).toBe(0);
    });

    it.each([
      [['--port', 'x'], /^125: dmsim: playground: --port takes a number/],
      [['nothing.sh'], /^125: dmsim: nothing\.sh: No such file/],
      [['a', 'b'], /^125: dmsim: playground: takes one lab at most/],
    ])('refuses %j', async (args, said) => {
      await expect(start(...args)).rejects.toThrow(said);
    });
  },
);
