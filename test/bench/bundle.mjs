// Puts a script of this folder and all it imports into one file, as what is shipped is put into one: `dmsim` for Node, a page's
// code for a browser. V8 looks imported bindings up again for every I/O; those of the same file it doesn't.
//   node bundle.mjs SCRIPT FILE
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const self = fileURLToPath(import.meta.url);

/** Calls `use` with the bundle's path, and removes it afterwards. */
export function withBundle(name, use) {
  const folder = mkdtempSync(join(tmpdir(), 'dmsim-bench-'));
  try {
    const file = join(folder, name);
    // In a process of its own: the peak memory of those started later would begin with that of a bundler.
    execFileSync(process.execPath, [self, name, file], { stdio: 'inherit' });
    use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === self) {
  const [, , name, file] = process.argv;
  const { rolldown } = await import('rolldown');
  const { resolve } = await import('../../packages/cli/build/bundle.mjs');
  const { constantFunctions } = await import('../../packages/cli/build/constant-functions.mjs');
  const input = fileURLToPath(new URL(name, import.meta.url));
  const bundle = await rolldown({ input, platform: 'node', resolve, plugins: [constantFunctions] });
  await bundle.write({ file, format: 'esm' });
  await bundle.close();
}
