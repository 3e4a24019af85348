// load-selectors.ts — --selector FILE: path selectors from the user's own ES modules.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { UserSelector } from '@dmsim/host';
import { selectorsOf } from '@dmsim/host';

import { Refusal } from './refusal.ts';

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
  try {
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (error) {
    throw new Refusal(`${file}: ${reason(error, file)}`);
  }
}

function reason(error: unknown, file: string): string {
  if ((error as { code?: string }).code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return /\.[mc]?ts$/.test(file)
      ? `Node.js ${process.versions.node} does not load TypeScript; 22.18 does, and any loads JavaScript`
      : 'not a JavaScript module: its name is to end in .js or .mjs';
  }
  return error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error);
}
