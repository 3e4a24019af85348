// How fast compare and sweep are, and what a second thread or a second worker adds. Needs the build; about two minutes.
//   node jobs.mjs [--side N] [--quick] [--guest]        --guest: only the sweep of the study with a guest, ten minutes
// Times are of the whole command, start included; CPU time is of all its processes. Run it on a machine that does nothing else.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    /** On a side of the grid. */
    side: { type: 'string', default: '100' },
    quick: { type: 'boolean', default: false },
    guest: { type: 'boolean', default: false },
  },
});
const side = values.quick ? 20 : Number(values.side);
const seeds = values.quick ? 2 : 20;

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const dmsim = path('../../packages/cli/bin/dmsim.js');
const folder = mkdtempSync(join(tmpdir(), 'dmsim-jobs-'));
const children = [];

/** Runs the command, and tells how long it took and how much CPU time it used, in seconds. */
function timed(...args) {
  const command = [process.execPath, dmsim, ...args].map((word) => `'${word}'`).join(' ');
  const { status, stderr } = spawnSync(
    'bash',
    ['-c', `TIMEFORMAT='%R %U %S'; time ${command} > /dev/null`],
    { cwd: folder, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  const [wall, user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall, cpu: user + system };
}

function compare() {
  const reads = readFileSync(path('../../docs/labs/compare/reads.fio'), 'utf8');
  writeFileSync(join(folder, 'reads.fio'), reads.replace('io_size=80m', 'io_size=400m'));
  const selectors = [
    'round-robin',
    'queue-length',
    'service-time',
    'historical-service-time',
    'io-affinity',
  ];
  const args = ['--workload', 'reads.fio', '--selector', selectors.join(',')];
  const lab = ['--lab', path('../../docs/labs/compare/three-paths.sh')];
  const { wall, cpu } = timed('compare', ...lab, ...args, '--seeds', String(seeds), '--jobs', '2');
  const ios = selectors.length * seeds * 0.1;
  print(`compare, 2 threads: ${ios} million I/Os`, { wall, cpu, rest: perIo(cpu, ios) });
}

const perIo = (cpu, millions) => `${(cpu / millions).toFixed(2)} us of CPU time an I/O`;

const grid = ['--vary', `outage=1..${side}`, '--vary', `patience=1..${side}`];

/** A point of the first takes a millisecond and a half, one of the second ten. */
const swept = values.guest
  ? [path('../../docs/labs/compare/guest-outage.sh'), '--measure', 'writable']
  : [path('outage.sh')];

const sweep = (csv, ...args) => timed('sweep', '--lab', ...swept, ...grid, '--csv', csv, ...args);

function print(what, { wall, cpu, rest }) {
  const figures = `${wall.toFixed(1).padStart(6)} s, CPU ${cpu.toFixed(1).padStart(6)} s`;
  console.log(`${what.padEnd(40)} ${figures}  ${rest}`);
}

function told(what, result, one) {
  const rate = `${((side * side) / result.wall).toFixed(0)} runs a second`;
  const gain = one === undefined ? '' : `, ${(one.wall / result.wall).toFixed(2)} times one thread`;
  print(`sweep, ${what}: ${side * side} points`, { ...result, rest: rate + gain });
}

/** Resolves when the process has said `words`. */
function start(words, command, ...args) {
  const child = spawn(command, args, { cwd: folder });
  children.push(child);
  return new Promise((resolve, reject) => {
    const listen = (text) => text.toString().includes(words) && resolve(child);
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', reject);
  });
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function throughRedis(one) {
  if (spawnSync('redis-server', ['--version']).error !== undefined) {
    console.log('redis-server is not installed: sweeps through it are left out');
    return;
  }
  const port = String(await freePort());
  const url = `redis://127.0.0.1:${port}`;
  await start(
    'Ready to accept',
    'redis-server',
    '--port',
    port,
    '--bind',
    '127.0.0.1',
    '--save',
    '',
  );
  const worker = () =>
    start('waiting for runs', process.execPath, dmsim, 'worker', '--jobs', '1', url);
  await worker();
  told('Redis, one worker', sweep('queued.csv', '--queue', url), one);
  await worker();
  told('Redis, two workers', sweep('queued.csv', '--queue', url), one);
  same('queued.csv');
}

function same(file) {
  const [a, b] = ['one.csv', file].map((name) => readFileSync(join(folder, name), 'utf8'));
  if (a !== b) throw new Error(`${file} is not what one thread gives`);
}

try {
  console.log(`${availableParallelism()} processors, load ${loadavg()[0].toFixed(1)} before`);
  if (!values.guest) compare();
  const one = sweep('one.csv', '--jobs', '1');
  told('1 thread', one);
  told('2 threads', sweep('two.csv', '--jobs', '2'), one);
  same('two.csv');
  await throughRedis(one);
} finally {
  for (const child of children.toReversed()) child.kill();
  rmSync(folder, { recursive: true });
}
