// museum.mjs — npm run museum: looks for every exhibit with every strategy and writes docs/museum.md.
//   node museum.mjs [--runs N]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { rolldown } from 'rolldown';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '2000' } } });
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

// Beside the sources, where the bundle finds what it does not contain.
const folder = mkdtempSync(here('.museum-'));
try {
  const build = await rolldown({
    input: { page: here('museum-page.ts'), museum: here('run-exhibit.ts') },
    platform: 'node',
    external: ['rolldown'],
    resolve: { conditionNames: ['@dmsim/source', 'import', 'node', 'default'] },
  });
  await build.write({ dir: folder, format: 'esm' });
  await build.close();
  const load = (name) => import(pathToFileURL(join(folder, name)).href);
  const { openMuseum } = await load('museum.js');
  const { museumPage } = await load('page.js');
  const museum = await openMuseum(here('judge.ts'));
  const page = await museumPage(museum, Number(values.runs), (line) => console.log(line));
  museum.close();
  writeFileSync(here('../../docs/museum.md'), page);
} finally {
  rmSync(folder, { recursive: true });
}
