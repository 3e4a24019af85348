// What each layer costs: the workload W of raw-loop.mjs on more and more of the stack, in one fresh process per run.
//   node layers.mjs [--rounds N] [--bios N]        prints ns per bio, and what a layer adds to the one before
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import {
  createBio,
  exponentialLatency,
  exponentialState,
  latencyOf,
  loadScsiDebug,
  REQ_OP,
  submitBio,
} from '@dmsim/block';
import { devCreate, devResume, findCell, tableLoad } from '@dmsim/dm';
import { createMachine } from '@dmsim/host';
import { createEvent, createPrng, createSim, exponential, run, schedule, spawn } from '@dmsim/sim';

const PATHS = 4;
const OUTSTANDING = 64;
const MEAN_NS = 1e6;
const WARM_UP = 1_000_000;

/** Events alone: each schedules itself again. */
function eventsOnly() {
  const sim = createSim();
  const rng = createPrng(42);
  return (total) => {
    let left = total;
    const fire = (owner) => {
      if (--left >= OUTSTANDING) schedule(sim, owner.event, Math.round(exponential(rng, MEAN_NS)));
    };
    for (let i = 0; i < OUTSTANDING; i++) {
      const owner = { event: null };
      owner.event = createEvent('event', owner, fire);
      schedule(sim, owner.event, 1 + i);
    }
    run(sim, { maxEvents: Infinity });
  };
}

function machineWithPaths() {
  const machine = createMachine();
  loadScsiDebug(machine.scsi, { add_host: PATHS, max_queue: 32 });
  const rng = createPrng(42);
  const disks = [...machine.layer.devices.values()];
  for (const { scsi } of disks) {
    scsi.latency = latencyOf(exponentialLatency, exponentialState(rng, MEAN_NS));
  }
  return { ...machine, disks };
}

function mapped({ sim, dm }, name, type, params) {
  devCreate(dm, { name });
  const specs = [{ start: 0n, length: 16384n, type, params }];
  const error = tableLoad(dm, { name }, { specs });
  if (error !== undefined) throw new Error(`${error}: ${sim.log.at(-1)?.text}`);
  spawn(sim, 'resume', function* resume() {
    yield* devResume(dm, { name }, { noflush: false, lockFs: false });
    return 0;
  });
  run(sim);
  return findCell(dm, { name }).md.disk;
}

/** Bios go to the disks in turn; each completion issues the next one. */
const biosTo = (sim, disks) => (total) => {
  let issued = 0;
  const issue = (bio) => {
    bio.sector = (issued * 8) % 16384;
    bio.dev = disks[issued % disks.length];
    issued++;
    submitBio(bio);
  };
  const endIo = (bio) => {
    if (issued < total) issue(bio);
  };
  for (let i = 0; i < OUTSTANDING; i++) {
    issue(createBio(disks[0], { op: REQ_OP.WRITE, sector: 0, nrSectors: 8 }, endIo));
  }
  run(sim, { maxEvents: Infinity });
};

const layers = {
  events: eventsOnly,
  scsi: () => {
    const { sim, disks } = machineWithPaths();
    return biosTo(sim, disks);
  },
  linear: () => {
    const machine = machineWithPaths();
    const over = (disk, i) => mapped(machine, `l${i}`, 'linear', `${disk.major}:${disk.minor} 0`);
    return biosTo(machine.sim, machine.disks.map(over));
  },
  multipath: () => {
    const machine = machineWithPaths();
    const params = '2 queue_mode bio 0 1 1 round-robin 0 4 1 8:0 1 8:16 1 8:32 1 8:48 1';
    return biosTo(machine.sim, [mapped(machine, 'mpatha', 'multipath', params)]);
  },
};

function measure(name, bios) {
  const loop = layers[name]();
  loop(WARM_UP);
  const before = process.cpuUsage();
  loop(bios);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / bios;
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    bios: { type: 'string', default: '3000000' },
    layer: { type: 'string' },
  },
});
if (values.layer !== undefined) {
  console.log(measure(values.layer, Number(values.bios)));
} else {
  const self = fileURLToPath(import.meta.url);
  const raw = fileURLToPath(new URL('raw-loop.mjs', import.meta.url));
  const node = (...args) =>
    Number.parseFloat(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  const runs = [
    { name: 'bare loop', once: () => node(raw, values.bios) },
    ...Object.keys(layers).map((name) => ({
      name,
      once: () => node(self, '--layer', name, '--bios', values.bios),
    })),
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
