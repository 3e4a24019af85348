// subjects.ts — The bio, devices and processes that a record of the trace is about, by the names of its arguments.
import { BLOCK_TRACE } from '@dmsim/block';
import { DM_TRACE } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';
import { MULTIPATHD_TRACE } from '@dmsim/multipathd';
import { VM_TRACE } from '@dmsim/qemu';
import type { TracePoint } from '@dmsim/sim';
import { SIM_TRACE } from '@dmsim/sim';

import { decode } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';

export interface Subjects {
  /** The name of the trace point; empty for one that the log does not know. */
  readonly point: string;
  /** The id of the original; null when it is not about a bio. */
  readonly bio: number | null;
  /** `devNumber`s: the device, the path, the device from which a bio was sent on. */
  readonly devs: readonly number[];
  readonly pids: readonly number[];
  /** The error that a bio or a process ended with; 0: none, or no end. */
  readonly status: number;
}

const POINTS: ReadonlyMap<number, readonly [string, TracePoint]> = new Map(
  [BLOCK_TRACE, DM_TRACE, MULTIPATH_TRACE, MULTIPATHD_TRACE, VM_TRACE, SIM_TRACE].flatMap((table) =>
    Object.entries(table).map(([name, point]) => [point.code, [name, point]] as const),
  ),
);

/** As `dmsim run --log` calls it. */
export const pointName = (code: number): string => POINTS.get(code)?.[0] ?? '';

const DEVICES = ['dev', 'path', 'from'] as const;
const PROCESSES = ['pid', 'parent'] as const;

export function subjectsOf(event: TraceEvent): Subjects {
  const found = POINTS.get(event.point);
  if (found === undefined) return { point: '', bio: null, devs: [], pids: [], status: 0 };
  const [point, declared] = found;
  const fields: Readonly<Record<string, number>> = decode(event, declared);
  const valuesOf = (names: readonly string[]): number[] =>
    names.flatMap((name) => {
      const value = fields[name];
      return value === undefined ? [] : [value];
    });
  return {
    point,
    bio: fields['bio'] ?? null,
    devs: valuesOf(DEVICES),
    pids: valuesOf(PROCESSES),
    status: fields['status'] ?? 0,
  };
}
