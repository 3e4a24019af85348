// latency.ts — simctl latency, bandwidth, depth: sets how fast a disk is. Each disk draws from its own random stream.
import type { BandwidthState, Latency, ScsiDevice } from '@dmsim/block';
import {
  bandwidthLatency,
  deviceAttributes,
  exponentialLatency,
  exponentialState,
  fixedLatency,
  formatAddress,
  latencyOf,
  lognormalLatency,
} from '@dmsim/block';
import type { Prng, Sim } from '@dmsim/sim';
import { createPrng, streamSeed } from '@dmsim/sim';

import { parseCount, parseNanos, parseRate } from './units.ts';
import type { Call, Verb } from './verb.ts';
import { failCall, failForm, scsiDisk } from './verb.ts';

/** With the same seed a disk draws the same numbers whatever other disks do, and starts over when its model is set again. */
const streamOf = (sim: Sim, { address }: ScsiDevice): Prng =>
  createPrng(streamSeed(sim.seed, `latency of ${formatAddress(address)}`));

const isBandwidth = (latency: Latency): boolean => latency.name === bandwidthLatency.name;

export const latencyVerb: Verb = {
  name: 'latency',
  help: [
    ['DISK fixed TIME', 'every command takes TIME'],
    ['DISK exponential MEAN', 'commands take MEAN on average, without memory'],
    ['DISK lognormal MEDIAN SIGMA', 'as disk arrays do; SIGMA of the logarithm, 0.5 is usual'],
  ],
  run(call) {
    const [disk, model, ...parameters] = call.args;
    if (disk === undefined || model === undefined) failForm(call, latencyVerb, 'too few arguments');
    const sdev = scsiDisk(call, disk);
    const latency = parseModel(call, sdev, { model, parameters });
    // The link's bandwidth stays.
    if (isBandwidth(sdev.latency)) sdev.latency = withBase(sdev.latency, latency);
    else sdev.latency = latency;
  },
};

function parseModel(
  call: Call,
  sdev: ScsiDevice,
  { model, parameters }: { readonly model: string; readonly parameters: readonly string[] },
): Latency {
  const wanted = model === 'lognormal' ? 2 : 1;
  const { sim } = call.machine;
  const [word = '', sigma = ''] = parameters;
  if (!['fixed', 'exponential', 'lognormal'].includes(model)) {
    failForm(call, latencyVerb, `${model}: no such model`);
  }
  if (parameters.length !== wanted) {
    failForm(call, latencyVerb, `${model} takes a time${wanted === 2 ? ' and a sigma' : ''}`);
  }
  const time = parseNanos(word);
  if (time === undefined) failCall(call, `${word}: not a time, such as 200us, 1.5ms or 10s`);
  switch (model) {
    case 'fixed':
      return latencyOf(fixedLatency, { ns: time });
    case 'exponential':
      return latencyOf(exponentialLatency, exponentialState(streamOf(sim, sdev), time));
    default:
      if (!/^\d*\.?\d+$/.test(sigma)) failCall(call, `${sigma}: not a sigma, such as 0.5`);
      return latencyOf(lognormalLatency, {
        rng: streamOf(sim, sdev),
        median: time,
        sigma: Number(sigma),
      });
  }
}

const withBase = ({ state }: Latency, base: Latency): Latency =>
  latencyOf(bandwidthLatency, { ...(state as BandwidthState), base });

export const bandwidthVerb: Verb = {
  name: 'bandwidth',
  help: [
    ['DISK RATE', 'its link carries one transfer after another, at 100MB/s, 8Gbit/s, ...'],
    ['DISK off', 'transfers take no time of their own'],
  ],
  run(call) {
    const [disk, word, ...rest] = call.args;
    if (disk === undefined || word === undefined || rest.length > 0) {
      failForm(call, bandwidthVerb, 'takes a disk and a rate');
    }
    const sdev = scsiDisk(call, disk);
    const { latency } = sdev;
    const base = isBandwidth(latency) ? (latency.state as BandwidthState).base : latency;
    if (word === 'off') {
      sdev.latency = base;
      return;
    }
    const bytesPerSecond = parseRate(word);
    if (bytesPerSecond === undefined) {
      failCall(call, `${word}: not a rate, such as 100MB/s, 1GiB/s or 8Gbit/s`);
    }
    sdev.latency = latencyOf(bandwidthLatency, { bytesPerSecond, base, freeAt: 0 });
  },
};

export const depthVerb: Verb = {
  name: 'depth',
  help: [['DISK N', 'it is given N commands at a time, as its queue_depth in sysfs']],
  run(call) {
    const [disk, word, ...rest] = call.args;
    if (disk === undefined || word === undefined || rest.length > 0) {
      failForm(call, depthVerb, 'takes a disk and a number');
    }
    const sdev = scsiDisk(call, disk);
    const stored = parseCount(word) === undefined ? 'EINVAL' : storeDepth(sdev, word);
    if (stored === undefined) return;
    failCall(
      call,
      `${word}: not a number from 1 to ${sdev.host.canQueue}, what its host can queue`,
    );
  },
};

const storeDepth = (sdev: ScsiDevice, text: string): string | undefined =>
  deviceAttributes['queue_depth']?.store?.(sdev, text);
