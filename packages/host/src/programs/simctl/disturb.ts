// disturb.ts — simctl brownout, stall: makes a path worse than usual for a while.
import type { Latency, ScsiDevice } from '@dmsim/block';
import { brownoutLatency, latencyOf, stallLatency } from '@dmsim/block';
import type { Nanos } from '@dmsim/sim';

import { parseNanos } from './units.ts';
import type { Call, Verb } from './verb.ts';
import { failCall, failForm, scsiDisk } from './verb.ts';

export const brownoutVerb: Verb = {
  name: 'brownout',
  help: [['DISK FACTOR TIME', 'for TIME from now on commands take FACTOR times as long']],
  run(call) {
    const [disk, word, time, ...rest] = call.args;
    if (disk === undefined || word === undefined || time === undefined || rest.length > 0)
      failForm(call, brownoutVerb, 'takes a disk, a factor and a time');
    const sdev = scsiDisk(call, disk);
    const factor = /^\d*\.?\d+$/.test(word) ? Number(word) : 0;
    if (factor <= 0) failCall(call, `${word}: not a factor, such as 10`);
    const until = untilOf(call, time);
    disturb(sdev, (base) => latencyOf(brownoutLatency, { base, factor, until }));
  },
};

export const stallVerb: Verb = {
  name: 'stall',
  help: [
    [
      'TIME DISK...',
      'a controller fails over: commands that begin within TIME are served after it',
    ],
  ],
  run(call) {
    const [time, ...disks] = call.args;
    if (time === undefined || disks.length === 0)
      failForm(call, stallVerb, 'takes a time and disks');
    const until = untilOf(call, time);
    for (const sdev of disks.map((disk) => scsiDisk(call, disk)))
      disturb(sdev, (base) => latencyOf(stallLatency, { base, until }));
  },
};

function untilOf(call: Call, word: string): Nanos {
  const time = parseNanos(word);
  if (time === undefined) return failCall(call, `${word}: not a time, such as 200us, 1.5ms or 10s`);
  return call.machine.sim.now + time;
}

/** Ends the disturbance when its time is over. The disk gets its model back, unless it was given another one meanwhile. */
function disturb(sdev: ScsiDevice, wrap: (base: Latency) => Latency): void {
  sdev.latency = wrap(sdev.latency);
}
