// How fast checkouts are beside each other. They run at the same time on one core, so that whatever slows the machine slows all
// of them; each counts its own CPU time. Rounds take turns on the cores. The checkouts must be built. For Linux: needs taskset.
//   node beside.mjs labs|loop|hour|failover [--rounds N] CHECKOUT CHECKOUT...      prints each one's ratio to the first
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '6' } },
});
const [what, ...checkouts] = positionals;
const node = process.execPath;
const folder = mkdtempSync(join(tmpdir(), 'dmsim-beside-'));

/** Bundles a script of a checkout, and returns the file. */
function bundled(checkout, name, i) {
  const file = join(folder, `${i}.mjs`);
  execFileSync(node, [resolve(checkout, 'test/bench/bundle.mjs'), name, file], {
    stdio: 'inherit',
  });
  return file;
}

/** Of each benchmark: the command for a checkout, and where its figure is in what that prints. */
const benchmarks = {
  labs: {
    command(checkout) {
      const script = resolve(checkout, 'test/bench/labs.mjs');
      return [script, '--warm-up', '2500', '--runs', '1500'];
    },
    figure: /([\d.]+) ms each: /,
  },
  loop: {
    command: (checkout, i) => [bundled(checkout, 'dm-loop.mjs', i), '--bios', '3000000'],
    figure: /"nsPerBio":([\d.]+)/,
  },
  // A quiet hour of the daemon, as `dmsim run` has it with Node.js 20.
  hour: {
    command(checkout, i) {
      const file = bundled(checkout, 'daemon.mjs', i);
      return ['--interrupt-budget=500000', file, '--first', '--maps', '4'];
    },
    figure: /3600 s +(\d+) ms/,
  },
  failover: {
    command(checkout) {
      const script = resolve(checkout, 'test/bench/labs.mjs');
      return [script, '--lab', 'failover', '--warm-up', '40', '--runs', '60'];
    },
    figure: /([\d.]+) ms each: /,
  },
};

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

async function measure({ command, figure }) {
  const commands = checkouts.map(command);
  const results = checkouts.map(() => []);
  for (let round = 0; round < Number(values.rounds); round++) {
    const core = String(round % availableParallelism());
    const run = (args) => promisify(execFile)('taskset', ['-c', core, node, ...args]);
    // oxlint-disable-next-line no-await-in-loop -- one round after another
    const printed = await Promise.all(commands.map(run));
    for (const [i, { stdout }] of printed.entries()) {
      results[i].push(Number(figure.exec(stdout)[1]) / Number(figure.exec(printed[0].stdout)[1]));
    }
    process.stderr.write(`round ${round + 1} of ${values.rounds}\r`);
  }
  for (const [i, checkout] of checkouts.entries()) {
    const ratios = results[i].map((ratio) => ratio.toFixed(2)).join(' ');
    console.log(`${median(results[i]).toFixed(2)}  ${checkout}  (${ratios})`);
  }
}

if (!Object.hasOwn(benchmarks, what ?? '') || checkouts.length < 2) {
  console.error('usage: node beside.mjs labs|loop|hour|failover [--rounds N] CHECKOUT CHECKOUT...');
  process.exitCode = 2;
} else await measure(benchmarks[what]).finally(() => rmSync(folder, { recursive: true }));
