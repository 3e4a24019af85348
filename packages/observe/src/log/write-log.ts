// write-log.ts — A run's trace as text, a line for each event, for whoever has a place to put it.
import { RECORD_WIDTH } from '@dmsim/sim';

import { events } from '../events.ts';
import { devText } from '../invariants/violation.ts';
import { mapName } from '../map-name.ts';
import { createTraceEvent, readRecord } from '../trace-event.ts';
import type { Watched } from '../watched.ts';
import type { Names } from '../words/sentence.ts';
import { logLine } from './log-line.ts';

export interface LogWriting {
  /** The run is over, or cut off. */
  finish(): void;
}

/** Everything from now on; `append` gets whole lines in order, a batch of the trace at a time. */
export function writeLog(machine: Watched, append: (text: string) => void): LogWriting {
  const { sim } = machine;
  sim.tracesArguments = true;
  const names = currentNames(machine);
  const event = createTraceEvent();
  const subscription = events(machine.events).subscribe(({ records, count }) => {
    let text = '';
    for (let i = 0; i < count * RECORD_WIDTH; i += RECORD_WIDTH) {
      readRecord(event, records, i);
      text += logLine(event, names) ?? '';
    }
    if (text !== '') append(text);
  });
  return { finish: () => subscription.unsubscribe() };
}

/** Devices by the names they have, or had when they were last seen. */
function currentNames(machine: Watched): Names {
  const { sim, layer } = machine;
  const known = new Map<number, string>();
  return {
    device(dev) {
      const disk = layer.devices.get(dev);
      if (disk === undefined) return known.get(dev) ?? devText(dev);
      const name = mapName(machine, disk) ?? disk.name;
      known.set(dev, name);
      return name;
    },
    text: (n) => sim.traceNames[n] ?? '',
  };
}
