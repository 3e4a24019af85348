// load-selectors.ts — --selector FILE: path selectors from the user's own ES modules.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { UserSelector } from '@dmsim/host';
import { selectorsOf } from '@dmsim/host';

import { reasonOf } from './reason-of.ts';
import { Refusal } from './refusal.ts';
import { transpile } from './transpile.ts';

/** In the order of the files; messages name a file as the user did. */
export async function loadSelectors(files: readonly string[]): Promise<readonly UserSelector[]> {
  const modules = await Promise.all(files.map(importFile));
  const selectors: UserSelector[] = [];
  for (const [i, file] of files.entries()) {
    const found = selectorsOf(modules[i] ?? {}, file, selectors);
    if (typeof found === 'string') throw new Refusal(found);
    selectors.push(...found);
  }
  return selectors;
}

async function importFile(file: string): Promise<Record<string, unknown>> {
  const path = resolve(file);
  if (!existsSync(path)) throw new Refusal(`${file}: No such file or directory`);
  const isTypeScript = /\.[mc]?ts$/.test(file);
  const url = isTypeScript ? await typeScriptUrl(file, path) : pathToFileURL(path).href;
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (error) {
    throw new Refusal(`${file}: ${reason(error)}`);
  }
}

/** The module as text: what it imports by a relative path is found where the file is. */
async function typeScriptUrl(file: string, path: string): Promise<string> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Refusal(`${file}: ${reasonOf(error)}`);
  }
  const code = await transpile(file, text);
  const folder = pathToFileURL(`${dirname(path)}/`);
  const placed = code.replaceAll(
    /(\b(?:from|import)\s*\(?\s*["'])(\.{1,2}\/[^"']+)/g,
    (_, before: string, specifier: string) => `${before}${new URL(specifier, folder).href}`,
  );
  return `data:text/javascript;base64,${Buffer.from(placed).toString('base64')}`;
}

function reason(error: unknown): string {
  if ((error as { code?: string }).code === 'ERR_UNKNOWN_FILE_EXTENSION')
    return 'not a JavaScript or TypeScript module: its name is to end in .js, .mjs, .ts or .mts';
  return error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error);
}
