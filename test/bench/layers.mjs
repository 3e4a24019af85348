// Measures the cost of each layer: the workload W of raw-loop.mjs on more and more of the stack, in one fresh process per run.
//   node layers.mjs [--rounds N] [--bios N]        prints ns per bio, and what a layer adds to the one before
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { withBundle } from './bundle.mjs';

const LAYERS = ['events', 'scsi', 'linear', 'multipath'];

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    bios: { type: 'string', default: '3000000' },
  },
});

function measureAll(bundle) {
  const raw = fileURLToPath(new URL('raw-loop.mjs', import.meta.url));
  const node = (...args) =>
    Number.parseFloat(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  const runs = [
    { name: 'bare loop', once: () => node(raw, values.bios) },
    ...LAYERS.map((name) => ({ name, once: () => node(bundle, name, values.bios) })),
  ];
  const results = runs.map(() => []);
  for (let round = 0; round < Number(values.rounds); round++) {
    const order = runs.map((_, i) => i);
    if (round % 2 === 1) order.reverse();
    for (const i of order) results[i].push(runs[i].once());
  }
  const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
  let before = 0;
  for (const [i, { name }] of runs.entries()) {
    const ns = median(results[i]);
    const ratio = median(results[i].map((each, round) => each / results[0][round]));
    const added = i < 2 ? '' : `   +${(ns - before).toFixed(0)}`;
    const figures = `${ns.toFixed(0).padStart(5)} ns/bio   ${ratio.toFixed(2)} times`;
    console.log(`${name.padEnd(10)} ${figures}${added}`);
    before = ns;
  }
}

withBundle('layer-loop.mjs', measureAll);
