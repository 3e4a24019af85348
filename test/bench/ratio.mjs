// How much the whole stack costs beside the bare loop: fresh processes in turn, the order reversed each round, CPU time.
//   node ratio.mjs [--rounds N] [--bios N] [--quick]
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { withBundle } from './bundle.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    bios: { type: 'string', default: '2000000' },
    quick: { type: 'boolean', default: false },
  },
});
const rounds = values.quick ? 2 : Number(values.rounds);
const bios = values.quick ? '500000' : values.bios;
const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const node = (...args) => execFileSync(process.execPath, args, { encoding: 'utf8' });
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

function measureAll(bundle) {
  const bare = () => Number(/^([\d.]+) ns\/bio/.exec(node(script('raw-loop.mjs'), bios))[1]);
  const stack = (file, ...args) => JSON.parse(node(file, '--bios', bios, ...args)).nsPerBio;
  const variants = [
    { name: 'bare loop', measure: bare },
    { name: 'tracing off', measure: () => stack(bundle) },
    { name: 'typed ring on', measure: () => stack(bundle, '--listen', 'ring') },
    { name: 'RxJS in batches', measure: () => stack(bundle, '--listen', 'rxjs') },
    { name: '4096 outstanding', measure: () => stack(bundle, '--outstanding', '4096') },
    { name: 'not bundled', measure: () => stack(script('dm-loop.mjs')) },
  ];
  const results = variants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const order = variants.map((_, i) => i);
    if (round % 2 === 1) order.reverse();
    for (const i of order) results[i].push(variants[i].measure());
    process.stderr.write(`round ${round + 1} of ${rounds}\r`);
  }
  report(variants, results);
  if (!values.quick) reportMemory(bundle);
  console.log(`ratio: ${ratio(results[1], results[0]).toFixed(2)}`);
}

const ratio = (list, reference) => median(list.map((ns, round) => ns / reference[round]));

function report(variants, results) {
  for (const [i, { name }] of variants.entries()) {
    const ns = median(results[i]).toFixed(0).padStart(6);
    const times = ratio(results[i], results[0]).toFixed(2);
    console.log(`${name.padEnd(18)} ${ns} ns/bio   ${times} times the bare loop`);
  }
  console.log(`growth from 64 to 4096 outstanding: ${ratio(results[4], results[1]).toFixed(2)}`);
}

function reportMemory(bundle) {
  for (const n of ['1000000', '20000000']) {
    const { peakMb } = JSON.parse(node(bundle, '--bios', n));
    console.log(`peak memory for ${n.padStart(8)} bios: ${peakMb.toFixed(0)} MB`);
  }
}

withBundle('dm-loop.mjs', measureAll);
