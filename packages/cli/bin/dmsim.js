#!/usr/bin/env node
// Committed, so that the package manager can link `dmsim` before anything is built.
import('../dist/bundle/main.js').then(
  async ({ main }) => {
    process.exitCode = await main(process.argv.slice(2));
  },
  (error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    process.stderr.write(`dmsim: not built yet, run \`npm run setup\` first (${error.message})\n`);
    process.exitCode = 125;
  },
);
