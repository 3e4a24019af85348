// vite.config.ts — The page: static files that work in any folder, and the licences of what they are made of.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { licensePlugin } from 'rolldown-license-plugin';
import { defaultClientConditions, defineConfig } from 'vite';
import type { PluginOption } from 'vite';

import { NOTICES, noticesText } from '../cli/build/bundle.mjs';
import { CATEGORIES } from '../libc/src/regex/bracket.ts';
import { cutOffFurtherPrograms } from './build/further-programs.ts';

const page = new URL('dist/page/', import.meta.url);

/** By name and version: the page and its worker have some in common. */
const found = new Map<string, unknown>();
const gather = (): PluginOption =>
  licensePlugin({
    done(licences) {
      for (const licence of licences) {
        if (!licence.name.startsWith('@dmsim/'))
          found.set(`${licence.name} ${licence.version}`, licence);
      }
    },
  });

function writeNotices(): PluginOption {
  let folder = '';
  return {
    name: 'notices',
    configResolved({ build }) {
      folder = build.outDir;
    },
    closeBundle() {
      writeFileSync(join(folder, NOTICES), noticesText([...found.values()]));
    },
  };
}

/** Of the tables of Unicode in re2js our expressions name a few; the others would be a fiftieth of what the page loads. */
const leaveOutTables: PluginOption = {
  name: 'leave-out-tables',
  transform(code, id) {
    if (!id.endsWith('/re2js/build/index.js')) return undefined;
    const named = new Set(Object.values(CATEGORIES).flat());
    return withTable(withTable(code, 'CATEGORIES', named), 'SCRIPTS', new Set());
  },
};

/** The code with those lines of one of its tables that are `kept`. */
function withTable(code: string, table: string, kept: ReadonlySet<string>): string {
  const begin = code.indexOf(`static ${table} = new LazyMap({`);
  const end = code.indexOf('});', begin);
  if (begin < 0 || end < 0) throw new Error(`re2js has no table ${table} where it had one`);
  const lines = code.slice(begin, end).split('\n');
  const own = lines.filter((line) => {
    const name = /^\s*(\w+): \(\) =>/.exec(line)?.[1];
    return name === undefined || kept.has(name);
  });
  return code.slice(0, begin) + own.join('\n') + code.slice(end);
}

/** Packages of this project do nothing when they are imported, nor does rxjs. */
const treeshake = {
  moduleSideEffects: (id: string): boolean =>
    !/packages\/\w+\/src\/(?!main|engine\/worker)|\/node_modules\/rxjs\//.test(id) ||
    id.endsWith('.css'),
};

export default defineConfig({
  base: './',
  // rxjs has a smaller form for engines that know classes.
  resolve: { conditions: ['@dmsim/source', 'es2015', ...defaultClientConditions] },
  // Nothing bundles the worker again, so it needs no annotations for a bundler.
  worker: {
    format: 'es',
    plugins: () => [leaveOutTables, gather(), cutOffFurtherPrograms],
    rolldownOptions: { treeshake, output: { comments: { annotation: false } } },
  },
  plugins: [gather(), writeNotices()],
  build: {
    outDir: fileURLToPath(page),
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { treeshake },
  },
});
