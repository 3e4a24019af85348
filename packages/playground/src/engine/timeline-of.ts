// timeline-of.ts — Writes a run as a file for ui.perfetto.dev.
import type { TimelineWriting } from '@dmsim/observe';
import { writeTimeline } from '@dmsim/observe';

import { recordRun } from './record-run.ts';
import type { RunSpec } from './run.ts';

export function timelineOf(spec: RunSpec): string {
  const parts: string[] = [];
  let writing: TimelineWriting | undefined;
  recordRun(spec, {
    onMachine: (machine) => {
      writing = writeTimeline(machine, (text) => parts.push(text));
    },
  });
  writing?.finish();
  return parts.join('');
}
