// bundle.mjs — Puts a package's compiled code, and all it imports, into one folder of plain files, as it is shipped.
//   node bundle.mjs            the command, into packages/cli/dist/bundle
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { rolldown } from 'rolldown';
import { licensePlugin } from 'rolldown-license-plugin';

import { constantFunctions } from './constant-functions.mjs';

const packages = fileURLToPath(new URL('../..', import.meta.url));

const { resolve: fromObserve } = createRequire(join(packages, 'observe/package.json'));
/** For Node.js rxjs names its CommonJS modules, in the JavaScript of 2009, of which nothing can be left out. */
export const resolve = {
  alias: { rxjs: join(dirname(fromObserve('rxjs')), '../esm/index.js') },
};

/**
 * `entries`: compiled files, whose names the bundle keeps. `external`: packages that are installed beside it. What is
 * imported dynamically becomes a chunk that is loaded when it is needed. The folder appears whole, or stays as it was.
 * Returns the licence of each package that went in, as `NAME VERSION (LICENCE)` and its text.
 */
export async function bundle({ entries, folder, external = [], notices }) {
  const licences = [];
  const build = await rolldown({
    input: Object.fromEntries(entries.map((file) => [basename(file, '.js'), file])),
    platform: 'node',
    external,
    resolve,
    plugins: [
      licensePlugin({
        done(found) {
          licences.push(...found.filter(({ name }) => !name.startsWith('@dmsim/')));
        },
      }),
      constantFunctions,
    ],
    onwarn: (warning) => process.stderr.write(`${warning.message}\n`),
  });
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  await build.write({
    dir: fresh,
    format: 'esm',
    entryFileNames: '[name].js',
    // V8 reads text of one byte a character sooner, and each start reads all of it.
    charset: 'ascii',
    comments: false,
  });
  await build.close();
  if (notices !== undefined) writeFileSync(join(fresh, notices), noticesText(licences));
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
}

/** The text of the MIT licence from `Permission` on; ours has the same. */
const [, permission] = /(Permission is hereby[^]*)/.exec(
  readFileSync(join(packages, '../LICENSE'), 'utf8'),
);

/** Not a package: coreutils/src/jq/prelude.ts follows its src/builtin.jq. */
const jq = {
  name: 'jq',
  version: '1.6',
  license: 'MIT',
  licenseText: `jq is copyright (C) 2012 Stephen Dolan\n\n${permission}`,
};

export function noticesText(licences) {
  const parts = [...licences, jq]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version, license, licenseText }) => {
      const text = licenseText === '' ? 'No text comes with the package.' : licenseText.trim();
      return `${name} ${version} (${license})\n\n${text}\n`;
    });
  return `These packages are part of this one.\n\n${parts.join(`\n${'-'.repeat(72)}\n\n`)}`;
}

/** The command's entries: its two processes, a check before, and what it runs in worker threads. */
export function commandEntries() {
  const dist = join(packages, 'cli/dist');
  // Listed from the sources: what an earlier build has left is not taken.
  const workers = readdirSync(join(packages, 'cli/src'), { recursive: true })
    .filter((file) => file.endsWith('-worker.ts'))
    .map((file) => file.replace(/\.ts$/, '.js'));
  return ['main.js', 'process/supervise.js', 'stale.js', ...workers].map((file) =>
    join(dist, file),
  );
}

/** Native, so it is installed beside the command: what takes the types out of a selector of the user's. */
export const commandExternal = ['rolldown/utils'];

export const commandFolder = join(packages, 'cli/dist/bundle');

export const NOTICES = 'THIRD-PARTY-NOTICES.txt';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundle({
    entries: commandEntries(),
    folder: commandFolder,
    external: commandExternal,
    notices: NOTICES,
  });
}
