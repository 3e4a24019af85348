// latency.ts — simctl latency, bandwidth, depth: sets how fast a disk is. Each disk draws from its own random stream.
import type { BandwidthState, Latency, ScsiDevice, SharedState } from '@dmsim/block';
import {
  bandwidthLatency,
  deviceAttributes,
  latencyOf,
  sharedLatency,
  undisturbed,
} from '@dmsim/block';
import { openPath, readWhole } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import { LATENCY_WORDS, parseSamples, streamOf } from './latency-models.ts';
import { parseCount, parseRate } from './units.ts';
import type { Call, Verb } from './verb.ts';
import { failCall, failForm, scsiDisk } from './verb.ts';

const isBandwidth = (latency: Latency): boolean => latency.name === bandwidthLatency.name;

export const latencyVerb: Verb = {
  name: 'latency',
  help: Object.entries(LATENCY_WORDS).map(
    ([name, { usage, what }]) => [`DISK ${name} ${usage}`, what] as const,
  ),
  *run(call) {
    const [disk, name, ...words] = call.args;
    if (disk === undefined || name === undefined) failForm(call, latencyVerb, 'too few arguments');
    const sdev = scsiDisk(call, disk);
    const model = Object.hasOwn(LATENCY_WORDS, name) ? LATENCY_WORDS[name] : undefined;
    if (model === undefined) return failForm(call, latencyVerb, `${name}: no such model`);
    if (words.length !== model.words)
      failForm(call, latencyVerb, `${name} takes ${model.usage.toLowerCase()}`);
    const samples = model.readsFile === true ? yield* readSamples(call, words[0] ?? '') : NONE;
    const latency = model.make({ call, rng: streamOf(call, sdev), words, samples });
    sdev.latency = withModel(sdev.latency, latency);
  },
};

const NONE = new Float64Array(0);

function* readSamples(call: Call, name: string): Task<Float64Array> {
  const { t } = call;
  const file = yield* openPath(t, name, { read: true, write: false });
  if (typeof file === 'string') return failCall(call, `${name}: ${strerror(file)}`);
  const text = yield* readWhole(t, file);
  if (typeof text !== 'string') return failCall(call, `${name}: ${strerror(text.errno)}`);
  const samples = parseSamples(text);
  if ('line' in samples)
    return failCall(call, `${name}:${samples.line}: neither a time nor a line of a latency log`);
  return samples.length > 0 ? samples : failCall(call, `${name}: no samples in it`);
}

/** Replaces the model. Limits of the link and shared parts stay; a disturbance ends. */
function withModel(before: Latency, model: Latency): Latency {
  const { name, state } = undisturbed(before);
  const limits = [bandwidthLatency, sharedLatency].find((limit) => limit.name === name);
  if (limits === undefined) return model;
  const limited = state as BandwidthState & SharedState;
  return latencyOf<BandwidthState & SharedState>(limits, {
    ...limited,
    base: withModel(limited.base, model),
  });
}

export const bandwidthVerb: Verb = {
  name: 'bandwidth',
  help: [
    ['DISK RATE', 'its link carries one transfer at a time, at RATE: 100MB/s, 8Gbit/s, ...'],
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
  help: [['DISK N', 'it gets at most N commands at a time, as with queue_depth in sysfs']],
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
