// Puts a script of this folder and all it imports into one file, as what is shipped is put into one: `dmsim` for Node, a page's
// code for a browser. V8 looks imported bindings up again for every I/O; those of the same file it doesn't.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { rolldown } from 'rolldown';

/** Calls `use` with the bundle's path, and removes it afterwards. */
export async function withBundle(name, use) {
  const folder = mkdtempSync(join(tmpdir(), 'dmsim-bench-'));
  try {
    const file = join(folder, name);
    const bundle = await rolldown({
      input: fileURLToPath(new URL(name, import.meta.url)),
      platform: 'node',
    });
    await bundle.write({ file, format: 'esm' });
    await bundle.close();
    use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
