// page-folder.ts — Gives each run of the tests a folder of its own for the page (`built-page.ts`), and removes it at the end.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    pageFolder: string;
  }
}

export default function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'dmsim-page-'));
  provide('pageFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
