// flap.ts — simctl flap: a path that goes and comes, again and again.
import type { Tool } from '@dmsim/coreutils';
import { openPath } from '@dmsim/coreutils';
import { encodeUtf8, textOf } from '@dmsim/libc';
import type { Nanos, Task } from '@dmsim/sim';
import { userWait } from '@dmsim/sim';

import type { Machine } from '../../machine.ts';
import { parseNanos } from './units.ts';
import type { Call, Verb } from './verb.ts';
import { failCall, failForm, scsiDisk } from './verb.ts';

/** The arguments with which simctl starts the process that does it: the disk, two times in ns, how often. */
export const FLAP_VERB = '--flap';

const MAX_TIMES = 1_000_000;

export const flapVerb: Verb = {
  name: 'flap',
  help: [
    [
      'DISK DOWN UP TIMES',
      'from now on the disk is offline for DOWN, then running for UP, TIMES times',
    ],
  ],
  run(call) {
    const [word, down, up, times, ...rest] = call.args;
    if (word === undefined || down === undefined || up === undefined || times === undefined)
      failForm(call, flapVerb, 'takes a disk, two times and how often');
    if (rest.length > 0) failForm(call, flapVerb, 'takes one disk');
    const { disk } = scsiDisk(call, word);
    if (disk === null) failCall(call, `${word}: has no disk`);
    const count = /^\d{1,7}$/.test(times) ? Number(times) : 0;
    if (count < 1 || count > MAX_TIMES)
      failCall(call, `${times}: not a number from 1 to ${MAX_TIMES}`);
    const words = [disk.name, String(timeOf(call, down)), String(timeOf(call, up)), String(count)];
    call.t.context.exec(['simctl', FLAP_VERB, ...words]);
  },
};

function timeOf(call: Call, word: string): Nanos {
  const time = parseNanos(word);
  if (time === undefined || time === 0)
    return failCall(call, `${word}: not a time, such as 200us, 1.5ms or 10s`);
  return time;
}

/** Ends early when the disk is gone. */
export function* runFlap(t: Tool, { records }: Pick<Machine, 'records'>): Task<number> {
  const { process, args } = t;
  const { sim } = process;
  const [disk = '', down, up, times] = args.slice(1).map(textOf);
  const phases = [
    { state: 'offline', time: Number(down) },
    { state: 'running', time: Number(up) },
  ];
  for (let i = 0; i < Number(times); i++) {
    for (const { state, time } of phases) {
      const path = `/sys/block/${disk}/device/state`;
      const file = yield* openPath(t, path, { read: false, write: true });
      if (typeof file === 'string') return 0;
      yield* file.write(process, encodeUtf8(`${state}\n`));
      file.release(process);
      t.opened.delete(file);
      records.marks.push({ at: sim.now, text: `${disk} ${state}` });
      yield* userWait(process, { on: 'its time (simctl flap)', queue: null, timeout: time });
    }
  }
  return 0;
}
