// stale.ts — Warns if dmsim is older than its sources: a failed build leaves the old one in place.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { say } from './process/standard-streams.ts';

/** Does nothing in an installed package, which has no sources to compare with. */
export function tellIfStale(): void {
  const root = fileURLToPath(new URL('../../../..', import.meta.url));
  const built = statSync(new URL('main.js', import.meta.url), { throwIfNoEntry: false });
  if (built === undefined || !existsSync(join(root, 'packages/cli/src'))) return;
  const newer = firstNewer(join(root, 'packages'), built.mtimeMs);
  if (newer !== null)
    say(
      `older than its sources (${relative(root, newer)}): run 'npm run build', and check that it succeeds`,
    );
}

/** A source of any package that was changed after `time`; null when there is none. */
function firstNewer(packages: string, time: number): string | null {
  for (const name of foldersIn(packages)) {
    const found = newerIn(join(packages, name, 'src'), time);
    if (found !== null) return found;
  }
  return null;
}

function newerIn(folder: string, time: number): string | null {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const found = newerIn(path, time);
      if (found !== null) return found;
    } else if (entry.name.endsWith('.ts') && !/\.(?:test|case|bench)\.ts$/.test(entry.name)) {
      if (statSync(path).mtimeMs > time) return path;
    }
  }
  return null;
}

const foldersIn = (folder: string): string[] =>
  entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

function entriesOf(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder);
  } catch {
    return [];
  }
}

const readEntries = (folder: string) => readdirSync(folder, { withFileTypes: true });
