// Events say what they touch, and the orders that `exhaustive` leaves out depend on it: in the recorded labs none touches a device, or
// starts a process, that has not said so.
import { readdirSync, readFileSync } from 'node:fs';

import { BLOCK_TRACE } from '@dmsim/block';
import { DM_TRACE } from '@dmsim/dm';
import { createMachine, runLab } from '@dmsim/host';
import type { Machine } from '@dmsim/host';
import { MULTIPATH_TRACE } from '@dmsim/multipath';
import { createTraceEvent, events, readRecord } from '@dmsim/observe';
import type { Chooser, SimEvent } from '@dmsim/sim';
import {
  createEvent,
  describeEvent,
  flushTrace,
  record,
  RECORD_WIDTH,
  schedule,
  SIM_TRACE,
} from '@dmsim/sim';
import { expect, it } from 'vitest';

import { ALL } from '../share.ts';

const KERNEL = new URL('../kernel/', import.meta.url);
const labs = readdirSync(KERNEL).filter((name) => name.endsWith('.sh'));
/** A share; DMSIM_TESTS=all takes each. */
const SHARE = ALL ? 1 : 24;

const codesOf = (points: Readonly<Record<string, { readonly code: number }>>): number[] =>
  Object.values(points).map(({ code }) => code);
const OF_DEVICES = new Set([BLOCK_TRACE, DM_TRACE, MULTIPATH_TRACE].flatMap(codesOf));
const OF_PROGRAMS = new Set([SIM_TRACE.sched_process_fork.code]);

/** Collects the objects that each event touched without having declared them. */
function undeclared(text: string, prepare: (machine: Machine) => void = () => {}): string[] {
  const found: string[] = [];
  const touched = new Set<string>();
  const written = new Set<number>();
  let last: { readonly event: SimEvent; readonly declared: readonly string[] | null } | null = null;
  const settle = (): void => {
    const { trace } = machine.sim;
    if (trace !== null) flushTrace(trace);
    const footprint = last?.declared === null ? null : [...(last?.declared ?? []), ...touched];
    if (last !== null && footprint !== null) {
      const missing = (world: string, points: ReadonlySet<number>): boolean =>
        !footprint.includes(world) && [...written].some((point) => points.has(point));
      const worlds = [
        ...(missing('devices', OF_DEVICES) ? ['devices'] : []),
        ...(missing('programs', OF_PROGRAMS) ? ['programs'] : []),
      ];
      if (worlds.length > 0) found.push(`${describeEvent(last.event)}: ${worlds.join(', ')}`);
    }
    touched.clear();
    written.clear();
  };
  const chooser: Chooser = {
    name: 'fifo, looked at',
    seesAll: true,
    touched,
    choices: [],
    pick([event]) {
      settle();
      if (event === undefined) return 0;
      const declare = event.touches as ((owner: unknown) => readonly string[] | null) | null;
      last = { event, declared: declare === null ? null : declare(event.owner) };
      return 0;
    },
    draw: () => 0,
  };
  const machine = createMachine({ chooser });
  const event = createTraceEvent();
  events(machine.events).subscribe(({ records, count }) => {
    for (let i = 0; i < count * RECORD_WIDTH; i += RECORD_WIDTH) {
      readRecord(event, records, i);
      written.add(event.point);
    }
  });
  prepare(machine);
  runLab(machine, { name: 'lab.sh', text, onOutput: () => undefined });
  settle();
  return found;
}

it.each(labs.filter((_, nth) => nth % SHARE === 0))(
  'in %s every event touches only what it declared',
  (name) => {
    expect(undeclared(readFileSync(new URL(name, KERNEL), 'utf8'))).toEqual([]);
  },
);

it('a shell that writes to a disk or to an attribute that it opened earlier touches only what it declared', () => {
  const lines = [
    'modprobe brd rd_nr=1 rd_size=64; modprobe scsi_debug',
    'exec 3> /dev/ram0 4> /sys/block/sda/device/state; sleep 0.1',
    'echo x >&3; sleep 0.1; echo offline >&4; sleep 0.1; exec 3>&- 4>&-; sleep 0.1',
    'mknod /tmp/disk b 1 0; cd /sys/block/sda/device; sleep 0.1; echo running > state; sleep 0.1; echo x > /tmp/disk',
  ];
  expect(undeclared(lines.join('\n'))).toEqual([]);
});

it('reports an event that touches devices without having declared them', () => {
  const lie = (machine: Machine): void => {
    const { sim } = machine;
    const fire = (): void => {
      if (sim.trace !== null) record(sim, BLOCK_TRACE.block_bio_queue.code);
    };
    schedule(sim, createEvent('a lie', null, fire, { touches: () => ['programs'] }), 1000);
  };
  expect(undeclared('sleep 1', lie)).toEqual(['a lie: devices']);
});
