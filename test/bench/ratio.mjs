// How much the whole stack costs beside the bare loop: fresh processes in turn, the order reversed each round, CPU time.
//   node ratio.mjs [--rounds N] [--bios N] [--quick]
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

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
const node = (name, ...args) =>
  execFileSync(process.execPath, [script(name), ...args], { encoding: 'utf8' });

const bare = () => Number(/^([\d.]+) ns\/bio/.exec(node('raw-loop.mjs', bios))[1]);
const stack = (...args) => JSON.parse(node('dm-loop.mjs', '--bios', bios, ...args));

const variants = [
  { name: 'bare loop', measure: bare },
  { name: 'tracing off', measure: () => stack().nsPerBio },
  { name: 'typed ring on', measure: () => stack('--listen', 'ring').nsPerBio },
  { name: 'RxJS in batches', measure: () => stack('--listen', 'rxjs').nsPerBio },
  { name: '4096 outstanding', measure: () => stack('--outstanding', '4096').nsPerBio },
];
const results = variants.map(() => []);
for (let round = 0; round < rounds; round++) {
  const order = variants.map((_, i) => i);
  if (round % 2 === 1) order.reverse();
  for (const i of order) results[i].push(variants[i].measure());
  process.stderr.write(`round ${round + 1} of ${rounds}\r`);
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const [reference] = results;
const ratio = (list) => median(list.map((ns, round) => ns / reference[round]));
for (const [i, { name }] of variants.entries()) {
  const ns = median(results[i]).toFixed(0).padStart(6);
  console.log(
    `${name.padEnd(18)} ${ns} ns/bio   ${ratio(results[i]).toFixed(2)} times the bare loop`,
  );
}
const growth = median(results[4].map((ns, round) => ns / results[1][round]));
console.log(`growth from 64 to 4096 outstanding: ${growth.toFixed(2)}`);
if (!values.quick) {
  for (const n of ['1000000', '20000000']) {
    const { peakMb } = JSON.parse(node('dm-loop.mjs', '--bios', n));
    console.log(`peak memory for ${n.padStart(8)} bios: ${peakMb.toFixed(0)} MB`);
  }
}
console.log(`ratio: ${ratio(results[1]).toFixed(2)}`);
