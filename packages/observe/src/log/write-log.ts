// write-log.ts — Writes a run's trace as text, one line for each event.
import { RECORD_WIDTH } from '@dmsim/sim';

import { events } from '../events.ts';
import { devText } from '../invariants/violation.ts';
import { mapName } from '../map-name.ts';
import type { TraceEvent } from '../trace-event.ts';
import { createTraceEvent, readRecord } from '../trace-event.ts';
import type { Watched } from '../watched.ts';
import type { Names } from '../words/sentence.ts';
import { foldRepeats } from './fold-repeats.ts';
import { logLine } from './log-line.ts';

export interface LogWriting {
  /** The run is over, or cut off. */
  finish(): void;
}

/** Everything from now on, repeats folded; `append` gets whole lines in order, a batch of the trace at a time. */
export function writeLog(machine: Watched, append: (text: string) => void): LogWriting {
  let text = '';
  const fold = foldRepeats((line) => (text += line));
  const write = (): void => {
    if (text !== '') append(text);
    text = '';
  };
  const reader = readLog(machine, { line: (_event, line) => fold.add(line), batch: write });
  return {
    finish() {
      reader.finish();
      fold.end();
      write();
    },
  };
}

export interface LogReader {
  /** Called for each record that has a line, with its newline; `event` is overwritten by the next. */
  readonly line: (event: TraceEvent, line: string) => void;
  /** Called when a batch of the trace has been read. */
  readonly batch: () => void;
}

/** Reads the trace from now on, record by record, beside the line that the log has for it. */
export function readLog(machine: Watched, { line, batch }: LogReader): LogWriting {
  const { sim } = machine;
  sim.tracesArguments = true;
  const names = currentNames(machine);
  const event = createTraceEvent();
  const subscription = events(machine.events).subscribe(({ records, count }) => {
    for (let i = 0; i < count * RECORD_WIDTH; i += RECORD_WIDTH) {
      readRecord(event, records, i);
      const text = logLine(event, names);
      if (text !== undefined) line(event, text);
    }
    batch();
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
