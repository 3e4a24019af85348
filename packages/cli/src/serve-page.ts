// serve-page.ts — A folder of static files over HTTP, for browsers of this machine.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

import { reasonOf } from './reason-of.ts';
import { Refusal } from './refusal.ts';

export interface PageSite {
  /** `http://127.0.0.1:4000/` */
  readonly address: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.txt': 'text/plain; charset=utf-8',
};

/** `port` 0: one that is free. Throws a `Refusal` for one that can't be had. */
export async function servePage(folder: string, port: number): Promise<PageSite> {
  const server = createServer((request, response) => answer(folder, request, response));
  await listen(server, port);
  const { port: given } = server.address() as AddressInfo;
  return {
    address: `http://${HOST}:${given}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Refusal(`port ${port}: ${reasonOf(error)}`)));
    server.listen(port, HOST, resolve);
  });
}

function answer(folder: string, request: IncomingMessage, response: ServerResponse): void {
  // Another name for this machine is a page from elsewhere that wants to look in.
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (host !== HOST && host !== 'localhost') return end(response, 403);
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405);
  const file = fileOf(request.url ?? '/');
  if (file === null || !existsSync(`${folder}${file}`)) return end(response, 404);
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : readFileSync(`${folder}${file}`));
}

/** Names of files as the page has them, in one folder below it at most; null for anything else. */
function fileOf(url: string): string | null {
  const path = url.replace(/[?#].*$/, '');
  if (path === '/') return 'index.html';
  const [, file] = /^\/((?:assets\/)?[\w-]+\.\w+)$/.exec(path) ?? [];
  return file ?? null;
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 }).end();
}
