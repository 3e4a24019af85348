// with-mistakes.ts — Runs functions of a module together with the whole simulator, as it is or with a mistake planted, in processes of their own.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll } from 'vitest';

import { applyPatch } from '../museum/apply-patch.ts';
import { bundleSources } from '../properties/bundle-sources.ts';

export interface Mistake {
  readonly title: string;
  /** Below `packages/multipathd/src/`. */
  readonly file: string;
  readonly replace: string;
  readonly by: string;
}

/** `call` is an expression of what `entry` exports; its value must be JSON. */
export type Run = (call: string, mistake?: Mistake) => Promise<unknown>;

/** Bundled once for the tests of a file. `entry` is a path. */
export function withMistakes(entry: string): Run {
  let [code, folder] = ['', ''];
  beforeAll(async () => {
    code = await bundleSources(entry);
    folder = mkdtempSync(join(tmpdir(), 'dmsim-planted-'));
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  return async (call, mistake) => {
    const text = mistake === undefined ? code : planted(code, mistake);
    const file = join(folder, `${process.hrtime.bigint()}.mjs`);
    writeFileSync(file, `${text}\nconsole.log(JSON.stringify(${call}));\n`);
    const { stdout } = await promisify(execFile)(process.execPath, [file]);
    return JSON.parse(stdout) as unknown;
  };
}

const planted = (code: string, mistake: Mistake): string =>
  applyPatch(code, { ...mistake, file: `multipathd/src/${mistake.file}` });
