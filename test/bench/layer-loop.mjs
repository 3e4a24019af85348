// The workload W of raw-loop.mjs on a part of the stack: see layers.mjs.
//   node layer-loop.mjs LAYER BIOS        prints CPU ns per bio
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

import { createMeter } from './meter.mjs';

const PATHS = 4;
const OUTSTANDING = 64;
const MEAN_NS = 1e6;

/** Events alone: each schedules itself again. */
function eventsOnly() {
  const sim = createSim();
  const rng = createPrng(42);
  return (meter) => {
    const fire = (owner) => {
      if (!meter.over()) schedule(sim, owner.event, Math.ceil(exponential(rng, MEAN_NS)));
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
const biosTo = (sim, disks) => (meter) => {
  let issued = 0;
  const issue = (bio) => {
    bio.sector = (issued * 8) % 16384;
    bio.dev = disks[issued % disks.length];
    issued++;
    submitBio(bio);
  };
  const endIo = (bio) => {
    if (!meter.over()) issue(bio);
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

const [, , layer, bios] = process.argv;
const meter = createMeter(Number(bios));
layers[layer]()(meter);
console.log(meter.nsPerBio());
