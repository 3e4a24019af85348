#!/usr/bin/env node
// Committed, so that the package manager can link `dmsim` before anything is built.
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';

// Node.js 22 and later keep what V8 compiled, and start in two thirds of the time from then on.
module.enableCompileCache?.();

const QUICK = new Set(['--help', '-h', 'help', '--version', '-V', 'version', undefined]);
const argv = process.argv.slice(2);
const inside = process.env.DMSIM_SUPERVISED?.startsWith(`${process.ppid}:`) === true;

async function start() {
  if (inside || QUICK.has(argv[0])) return (await import('../dist/bundle/main.js')).main(argv);
  const { tellIfStale } = await import('../dist/bundle/stale.js');
  tellIfStale();
  const { supervise } = await import('../dist/bundle/supervise.js');
  return supervise(fileURLToPath(import.meta.url), argv);
}

start().then(
  (status) => {
    process.exitCode = status;
  },
  (error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    process.stderr.write(`dmsim: not built yet, run \`npm run setup\` first (${error.message})\n`);
    process.exitCode = 125;
  },
);
