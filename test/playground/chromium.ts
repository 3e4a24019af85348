// chromium.ts — The system's Chromium, where there is one, on the built page served from this process.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { builtPage } from './built-page.ts';

/** The bytes of the page's files, compressed. The terminal, the editor, large programs and all labs but the first come when the page is there; nothing loads the notices. */
export const pageSize = ({ files }: Site): number =>
  [...files]
    .filter(([path]) => !/\/(?:terminal|editor|further|THIRD)[^/]*$/.test(path))
    .reduce((sum, [, bytes]) => sum + gzipSync(bytes).length, 0);

/** By path, such as `/index.html`. */
const readPage = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((file) => file.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file) => [`/${relative(folder, file)}`, readFileSync(file)]),
  );

const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** Null where there is none. */
export const chromiumPath: string | null =
  PLACES.find((path) => path !== undefined && existsSync(path)) ?? null;

export interface Site {
  readonly address: string;
  readonly browser: Browser;
  readonly files: ReadonlyMap<string, Buffer>;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Serves the built page below a folder of its own, as any web server might. */
export async function openSite(): Promise<Site> {
  const files = readPage(await builtPage());
  const server = createServer((request, response) => {
    const path = normalize((request.url ?? '/').replace(/[?#].*$/, '')).replace(
      /^\/deep\/down/,
      '',
    );
    const name = path === '/' ? '/index.html' : path;
    const bytes = files.get(name);
    if (bytes === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' });
    response.end(bytes);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const browser = await chromium.launch({
    executablePath: chromiumPath ?? '',
    args: ['--no-sandbox'],
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/deep/down/`,
    browser,
    files,
    async close() {
      await browser.close();
      server.close();
    },
  };
}

export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors and warnings of the console, and what was thrown. */
  readonly complaints: string[];
}

type PageOptions = Parameters<Browser['newContext']>[0] & {
  /** The part of a share link after `#`. */
  readonly hash?: string;
  /** This is called before anything is loaded. */
  readonly before?: (context: BrowserContext) => Promise<unknown>;
};

/** A page of its own, once its first lab has run. */
export async function openPage(
  { browser, address }: Site,
  { hash = '', before, ...options }: PageOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
  await before?.(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${address}${hash}`);
  await page.waitForSelector('.verdict.good, .verdict.failed, .verdict.bad');
  return { page, context, complaints };
}

export const LEFT_OUT =
  'left out: the tests of the playground in a browser, for there is no Chromium (/usr/bin/chromium, or $CHROMIUM)';
