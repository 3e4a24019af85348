// built-page.ts — The page as it is shipped, built once for all tests of a run that want it, in whichever worker they are.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

import { inject } from 'vitest';

const playground = new URL('../../packages/playground/', import.meta.url).pathname;
const vite = join(playground, 'node_modules/vite/bin/vite.js');

/** How often the page that another worker builds is looked for, in ms. */
const LOOK = 100;

/** The folder of the page. Rejects when it can't be built. */
export async function builtPage(): Promise<string> {
  const folder = inject('pageFolder');
  const page = join(folder, 'page');
  const failed = join(folder, 'failed');
  if (isFirst(join(folder, 'building'))) {
    try {
      await build(join(folder, 'unfinished'));
    } catch (error) {
      mkdirSync(failed);
      throw error;
    }
    renameSync(join(folder, 'unfinished'), page);
  }
  while (!existsSync(page)) {
    if (existsSync(failed)) throw new Error('another test could not build the page');
    await setTimeout(LOOK);
  }
  return page;
}

/** True for the first who asks. */
function isFirst(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch {
    return false;
  }
}

async function build(to: string): Promise<void> {
  const args = [vite, 'build', '--logLevel', 'error', '--outDir', to, '--emptyOutDir'];
  // As it is shipped: the runner of tests says `test` here, for which some packages have a larger form.
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, args, { cwd: playground, env });
}
