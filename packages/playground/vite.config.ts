// vite.config.ts — The page: static files that work in any folder, and the licences of what they are made of.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { licensePlugin } from 'rolldown-license-plugin';
import { defaultClientConditions, defineConfig } from 'vite';
import type { PluginOption } from 'vite';

import { noticesText } from '../cli/build/bundle.mjs';

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

const writeNotices: PluginOption = {
  name: 'notices',
  closeBundle() {
    const file = fileURLToPath(new URL('THIRD-PARTY-NOTICES.txt', page));
    writeFileSync(file, noticesText([...found.values()]));
  },
};

export default defineConfig({
  base: './',
  resolve: { conditions: ['@dmsim/source', ...defaultClientConditions] },
  // Nothing bundles the worker again, so it needs no annotations for a bundler.
  worker: {
    format: 'iife',
    plugins: () => [gather()],
    rolldownOptions: { output: { comments: { annotation: false } } },
  },
  plugins: [gather(), writeNotices],
  build: {
    outDir: fileURLToPath(page),
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      // Packages of this project do nothing when they are imported.
      treeshake: {
        moduleSideEffects: (id) =>
          !/packages\/\w+\/src\/(?!main|engine\/worker)/.test(id) || id.endsWith('.css'),
      },
    },
  },
});
