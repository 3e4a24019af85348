// The workload W of raw-loop.mjs through the whole stack: host API, dm core, multipath (round-robin), SCSI paths.
//   node dm-loop.mjs [--bios N] [--outstanding N] [--listen off|ring|rxjs]    prints one line of JSON
import { parseArgs } from 'node:util';

import {
  createBio,
  exponentialLatency,
  exponentialState,
  latencyOf,
  loadScsiDebug,
  REQ_OP,
  scsiDeviceOf,
  submitBio,
} from '@dmsim/block';
import { devCreate, devResume, findCell, tableLoad } from '@dmsim/dm';
import { createMachine } from '@dmsim/host';
import { events } from '@dmsim/observe';
import { continueRun, createPrng, createTrace, run, spawn, startRun } from '@dmsim/sim';

import { createMeter } from './meter.mjs';

const PATHS = 4;
const DEPTH = 32;
const MEAN_NS = 1e6;
/** Events that are run at a time, as a lab's are: code that V8 compiles of a loop while that is running stays as it is until the loop ends. */
const PIECE = 100_000;

function prepare(listen) {
  const machine = createMachine();
  const { sim, layer, scsi, dm } = machine;
  loadScsiDebug(scsi, { add_host: PATHS, max_queue: DEPTH });
  const rng = createPrng(42);
  for (const disk of layer.devices.values()) {
    const path = scsiDeviceOf(disk);
    if (path !== null) path.latency = latencyOf(exponentialLatency, exponentialState(rng, MEAN_NS));
  }
  devCreate(dm, { name: 'mpatha' });
  const params = '2 queue_mode bio 0 1 1 round-robin 0 4 1 8:0 1 8:16 1 8:32 1 8:48 1';
  const specs = [{ start: 0n, length: 16384n, type: 'multipath', params }];
  const error = tableLoad(dm, { name: 'mpatha' }, { specs });
  if (error !== undefined) throw new Error(`${error}: ${sim.log.at(-1)?.text}`);
  spawn(sim, 'resume', function* resume() {
    yield* devResume(dm, { name: 'mpatha' }, { noflush: false, lockFs: false });
    return 0;
  });
  run(sim);
  const seen = { records: 0 };
  if (listen === 'ring') sim.trace = createTrace(4096, () => undefined);
  if (listen === 'rxjs') events(machine.events).subscribe(({ count }) => (seen.records += count));
  return { sim, disk: findCell(dm, { name: 'mpatha' }).md.disk, seen };
}

/** Each completion issues the next bio. */
function loop({ sim, disk }, meter, outstanding) {
  let issued = 0;
  const issue = (bio) => {
    bio.sector = (issued * 8) % 16384;
    issued++;
    submitBio(bio);
  };
  const endIo = (bio) => {
    if (bio.status !== 0) throw new Error(`a bio failed with status ${bio.status}`);
    if (!meter.over()) issue(bio);
  };
  for (let i = 0; i < outstanding; i++) {
    issue(createBio(disk, { op: REQ_OP.WRITE, sector: 0, nrSectors: 8 }, endIo));
  }
  const going = startRun(sim, { maxEvents: Infinity });
  while (continueRun(going, PIECE) === null);
  if (meter.done() !== issued) throw new Error(`${meter.done()} of ${issued} bios completed`);
}

const { values } = parseArgs({
  options: {
    bios: { type: 'string', default: '2000000' },
    outstanding: { type: 'string', default: '64' },
    listen: { type: 'string', default: 'off' },
  },
});
const world = prepare(values.listen);
const meter = createMeter(Number(values.bios));
loop(world, meter, Number(values.outstanding));
const nsPerBio = meter.nsPerBio();
const peakMb = process.resourceUsage().maxRSS / 1024;
console.log(
  JSON.stringify({ nsPerBio, peakMb, clock: world.sim.now, records: world.seen.records }),
);
