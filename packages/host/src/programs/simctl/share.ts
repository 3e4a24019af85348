// share.ts — simctl share: a port or a controller that several paths share, and how much it can do at a time.
import type { ScsiDevice, SharedLink, Station } from '@dmsim/block';
import { createStation, latencyOf, sharedLatency } from '@dmsim/block';
import { textOf } from '@dmsim/libc';

import { parseCount, parseRate } from './units.ts';
import type { Call, Verb } from './verb.ts';
import { failCall, failForm, scsiDisk } from './verb.ts';

const MAX_DEPTH = 4096;

export const shareVerb: Verb = {
  name: 'share',
  help: [
    [
      'NAME [rate RATE] [depth N] DISK...',
      'the disks share NAME, which carries RATE and serves N commands at a time',
    ],
  ],
  run(call) {
    const [name, ...words] = call.args;
    if (name === undefined) failForm(call, shareVerb, 'takes a name');
    const { link, station, disks } = parseLimits(call, words);
    if (link === null && station === null)
      failForm(call, shareVerb, 'what is shared: a rate, a depth or both');
    if (disks.length === 0) failForm(call, shareVerb, 'which disks?');
    for (const sdev of disks) {
      const base = sdev.latency;
      sdev.latency = latencyOf(sharedLatency, { name: textOf(name), link, station, base });
    }
  },
};

interface Limits {
  readonly link: SharedLink | null;
  readonly station: Station | null;
  readonly disks: readonly ScsiDevice[];
}

function parseLimits(call: Call, words: readonly string[]): Limits {
  let link: SharedLink | null = null;
  let station: Station | null = null;
  const left = [...words];
  while (left[0] === 'rate' || left[0] === 'depth') {
    const [kind, word = ''] = left.splice(0, 2);
    if (kind === 'rate') {
      const bytesPerSecond = parseRate(word);
      if (bytesPerSecond === undefined)
        failCall(call, `${word}: not a rate, such as 100MB/s, 1GiB/s or 8Gbit/s`);
      link = { bytesPerSecond, freeAt: 0 };
    } else {
      const depth = parseCount(word) ?? 0;
      if (depth < 1 || depth > MAX_DEPTH)
        failCall(call, `${word}: not a number from 1 to ${MAX_DEPTH}`);
      station = createStation(depth);
    }
  }
  return { link, station, disks: left.map((disk) => scsiDisk(call, disk)) };
}
