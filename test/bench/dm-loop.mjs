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
  submitBio,
} from '@dmsim/block';
import { devCreate, devResume, findCell, tableLoad } from '@dmsim/dm';
import { createMachine, events } from '@dmsim/host';
import { createPrng, createTrace, run, spawn } from '@dmsim/sim';

const PATHS = 4;
const DEPTH = 32;
const MEAN_NS = 1e6;
/** Bios until V8 has compiled everything for good, and moved what stays to where what stays is kept. */
const WARM_UP = 4_000_000;

function prepare(listen) {
  const machine = createMachine();
  const { sim, layer, scsi, dm } = machine;
  loadScsiDebug(scsi, { add_host: PATHS, max_queue: DEPTH });
  const rng = createPrng(42);
  for (const disk of layer.devices.values()) {
    disk.scsi.latency = latencyOf(exponentialLatency, exponentialState(rng, MEAN_NS));
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

/**
 * Each completion issues the next bio. Measured from the moment the warm-up is over until the last but those outstanding
 * has completed: the loop does not stop in between, so nothing in it is new to V8.
 */
function loop({ sim, disk }, bios, outstanding) {
  const total = WARM_UP + bios;
  let issued = 0;
  let done = 0;
  let mark = WARM_UP;
  let before = null;
  let used = null;
  const issue = (bio) => {
    bio.sector = (issued * 8) % 16384;
    issued++;
    submitBio(bio);
  };
  const endIo = (bio) => {
    if (bio.status !== 0) throw new Error(`a bio failed with status ${bio.status}`);
    if (++done >= mark && pass()) return;
    issue(bio);
  };
  /** The warm-up is over, or all is; true from then on, when nothing is issued any more. */
  const pass = () => {
    if (before === null) {
      before = process.cpuUsage();
      mark = total;
      return false;
    }
    used ??= process.cpuUsage(before);
    return true;
  };
  for (let i = 0; i < outstanding; i++) {
    issue(createBio(disk, { op: REQ_OP.WRITE, sector: 0, nrSectors: 8 }, endIo));
  }
  run(sim, { maxEvents: Infinity });
  if (done !== issued) throw new Error(`${done} of ${issued} bios completed`);
  return used.user + used.system;
}

const { values } = parseArgs({
  options: {
    bios: { type: 'string', default: '2000000' },
    outstanding: { type: 'string', default: '64' },
    listen: { type: 'string', default: 'off' },
  },
});
const bios = Number(values.bios);
const world = prepare(values.listen);
const nsPerBio = (loop(world, bios, Number(values.outstanding)) * 1000) / bios;
const peakMb = process.resourceUsage().maxRSS / 1024;
console.log(
  JSON.stringify({ nsPerBio, peakMb, clock: world.sim.now, records: world.seen.records }),
);
