// Guarantees for an observer of QMP, whatever the threads of QEMU do: events and states agree, and no request is lost.
import { connectQmp, createVm, feedQmp, resetDisk, unplugDisk } from '@dmsim/qemu';
import type { DiskRequest, GuestDisk, QmpConnection, RetryMode, Vm } from '@dmsim/qemu';
import {
  after,
  createPrng,
  createSim,
  micros,
  millis,
  random,
  run,
  uniformInteger,
} from '@dmsim/sim';
import type { Prng, Sim } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { ALL } from '../share.ts';

const RUNS = ALL ? 10_000 : 500;

/** Small seeds give this generator a slow start. */
const spread = (seed: number): number => Math.imul(seed, 0x9e3779b1) | 0;

interface Tracked {
  readonly name: string;
  readonly disk: GuestDisk;
  done: number;
  /** A reset may drop it. */
  dropped: boolean;
}

interface Asked {
  readonly about: 'STOP' | 'RESUME' | 'BLOCK_IO_ERROR';
  readonly device: string;
  /** Messages between the event and the answer, which may excuse another answer. */
  excused: boolean;
}

interface Run {
  readonly sim: Sim;
  readonly vm: Vm;
  readonly prng: Prng;
  readonly requests: Tracked[];
  connection: QmpConnection;
  readonly asked: Map<number, Asked>;
  readonly contIds: Set<number>;
  nextId: number;
  raced: boolean;
  /** A job was started: that drains its disk. */
  jobs: boolean;
  readonly problems: string[];
}

const POLICIES = ['stop', 'report', 'enospc', 'ignore', 'retry'];
const pick = <T>(prng: Prng, list: readonly T[]): T =>
  list[uniformInteger(prng, 0, list.length - 1)] as T;

/** Two disks, each in a thread of its own, each with a few faults that fire once. */
function argvFor(prng: Prng): string[] {
  const argv = ['qemu-system-x86_64', '-object', 'iothread,id=io0', '-object', 'iothread,id=io1'];
  for (const n of [0, 1]) {
    let drive = `if=none,id=drive${n},node-name=node${n},format=raw,file.driver=blkdebug,file.image.driver=null-co,file.image.size=1M`;
    const faults = uniformInteger(prng, 1, 3);
    for (let i = 0; i < faults; i++) {
      const errno = pick(prng, [5, 28]);
      const iotype = pick(prng, ['read', 'write']);
      const sector = 8 * uniformInteger(prng, 1, 4);
      drive += `,file.inject-error.${i}.event=none,file.inject-error.${i}.iotype=${iotype},file.inject-error.${i}.errno=${errno},file.inject-error.${i}.once=on,file.inject-error.${i}.sector=${sector}`;
    }
    const thread = uniformInteger(prng, 0, 3) > 0 ? `,iothread=io${n}` : '';
    const policies = `werror=${pick(prng, POLICIES)},rerror=${pick(prng, POLICIES)},retry_interval=1`;
    argv.push('-drive', drive);
    argv.push('-device', `virtio-blk-pci,drive=drive${n},id=disk${n}${thread},${policies}`);
  }
  return argv;
}

function command(r: Run, text: string, note?: Asked): void {
  const id = r.nextId++;
  if (note !== undefined) r.asked.set(id, note);
  if (text === 'cont') r.contIds.add(id);
  const message = text.startsWith('{') ? JSON.parse(text) : { execute: text };
  feedQmp(r.connection, Buffer.from(JSON.stringify({ ...message, id })));
}

/** A client that acts on what it hears: it asks at once, and what it is told must agree. */
function hear(r: Run, message: any): void {
  if (message.event === 'STOP') {
    for (const asked of r.asked.values()) if (asked.about === 'RESUME') asked.excused = true;
    command(r, 'query-status', { about: 'STOP', device: '', excused: false });
  } else if (message.event === 'RESUME') {
    for (const asked of r.asked.values()) asked.excused ||= asked.about !== 'RESUME';
    command(r, 'query-status', { about: 'RESUME', device: '', excused: false });
  } else if (message.event === 'BLOCK_IO_ERROR' && message.data.action === 'stop') {
    const { device } = message.data;
    command(r, 'query-block', { about: 'BLOCK_IO_ERROR', device, excused: false });
    // Some management software continues the machine before it has stopped.
    if (uniformInteger(r.prng, 0, 2) === 0) command(r, 'cont');
  }
  if (message.id !== undefined) answer(r, message);
}

/** A client that is told of an event at the very moment it is sent finds the state it tells of. */
function look(r: Run, event: string, data: any): void {
  if (event === 'STOP' && r.vm.runState === 'running') r.raced = true;
  // With rerror=enospc alone there is no io-status to look at, and no `nospace` in the event.
  if (event !== 'BLOCK_IO_ERROR' || data.action !== 'stop' || !('nospace' in data)) return;
  const blk = r.vm.layer.backends.find((backend) => backend.name === data.device);
  if (blk?.ioStatus === 'ok')
    r.problems.push(`${data.device}: the event came before its io-status`);
}

function answer(r: Run, message: any): void {
  if (r.contIds.has(message.id)) {
    for (const asked of r.asked.values()) asked.excused = true;
  }
  const asked = r.asked.get(message.id);
  r.asked.delete(message.id);
  if (asked === undefined || asked.excused || message.return === undefined) return;
  if (asked.about === 'BLOCK_IO_ERROR') {
    const entry = message.return.find((e: any) => e.device === asked.device);
    if (entry?.['io-status'] === 'ok')
      r.problems.push(`${asked.device}: BLOCK_IO_ERROR, and io-status is ok`);
  } else if (message.return.running !== (asked.about === 'RESUME')) {
    r.problems.push(`after ${asked.about} the status is ${message.return.status}`);
  }
}

function start(seed: number, retryMode: RetryMode): Run {
  const prng = createPrng(spread(seed));
  const sim = createSim({ chooser: random(spread(seed + 1)) });
  const created = createVm(sim, argvFor(prng), { build: 'series', retryMode });
  if (created.kind === 'refused') throw new Error(created.message);
  const { vm } = created;
  for (const disk of vm.disks) disk.model.start(disk, { flush: true });
  let out = '';
  const r: Run = {
    sim,
    vm,
    prng,
    requests: [],
    connection: connectQmp(vm, {
      onBytes: (bytes) => {
        out += Buffer.from(bytes).toString('latin1');
        const lines = out.split('\r\n');
        out = lines.pop() ?? '';
        for (const line of lines) if (!line.startsWith('{"QMP"')) hear(r, JSON.parse(line));
      },
    }),
    asked: new Map(),
    contIds: new Set(),
    nextId: 1,
    raced: false,
    jobs: false,
    problems: [],
  };
  vm.listeners.push((event, data) => look(r, event, data));
  command(r, 'qmp_capabilities');
  command(
    r,
    '{"execute":"blockdev-add","arguments":{"driver":"null-co","node-name":"dst","size":1048576}}',
  );
  run(sim);
  return r;
}

function submit(r: Run, disk: GuestDisk): void {
  const count = uniformInteger(r.prng, 1, 3);
  const batch = Array.from({ length: count }, (): DiskRequest => {
    const tracked: Tracked = { name: `r${r.requests.length}`, disk, done: 0, dropped: false };
    r.requests.push(tracked);
    return {
      op: pick(r.prng, ['read', 'write']),
      sector: 8 * uniformInteger(r.prng, 0, 5),
      bytes: 4096,
      data: null,
      done: () => {
        tracked.done++;
      },
    };
  });
  disk.model.submit(disk, batch);
}

const MIRROR =
  '{"execute":"blockdev-mirror","arguments":{"job-id":"job0","device":"drive0","target":"dst","sync":"none","on-source-error":"stop"}}';

/** One thing that happens; a guest does nothing while it is stopped. */
function act(r: Run): void {
  const { vm, prng } = r;
  const disk = pick(prng, vm.disks);
  switch (uniformInteger(prng, 0, 9)) {
    case 0:
      command(r, 'stop');
      break;
    case 1:
      command(r, 'cont');
      break;
    case 2:
      // This cont may overtake the effect of the request.
      if (vm.runState === 'running' && !resetting.has(disk)) submit(r, disk);
      command(r, 'cont');
      break;
    case 3:
      r.jobs = true;
      command(r, MIRROR);
      break;
    case 4:
      command(r, '{"execute":"block-job-cancel","arguments":{"device":"job0","force":true}}');
      break;
    case 5:
      if (vm.runState === 'running' && uniformInteger(prng, 0, 3) === 0) reset(r, disk);
      break;
    default:
      // The vCPU that resets a device waits for that.
      if (vm.runState === 'running' && !resetting.has(disk)) submit(r, disk);
  }
}

const resetting = new WeakSet<GuestDisk>();

function reset(r: Run, disk: GuestDisk): void {
  if (resetting.has(disk)) return;
  resetting.add(disk);
  for (const request of r.requests) if (request.disk === disk) request.dropped = true;
  resetDisk(r.vm, disk, () => {
    resetting.delete(disk);
    disk.model.start(disk, { flush: true });
  });
}

const settle = (r: Run): void => {
  run(r.sim, { until: r.sim.now + millis(50), maxEvents: 1e6 });
};

const leftOver = (r: Run): string[] =>
  r.requests.filter((q) => q.done === 0 && !q.dropped).map((q) => q.name);

function play(seed: number, retryMode: RetryMode): Run {
  const r = start(seed, retryMode);
  const steps = uniformInteger(r.prng, 4, 14);
  for (let i = 0; i < steps; i++) {
    // Often at one instant, so that the chooser has something to choose from.
    after(r.sim, micros(100 * uniformInteger(r.prng, 0, 20)), 'the world', () => act(r));
  }
  settle(r);
  for (let i = 0; i < 6 && r.vm.runState !== 'running'; i++) {
    command(r, 'cont');
    settle(r);
  }
  return r;
}

function check(r: Run, retryMode: RetryMode): string[] {
  const doubled = r.requests
    .filter((q) => q.done > 1)
    .map((q) => `${q.name} was done ${q.done} times`);
  const stuck = leftOver(r);
  const problems = [...r.problems, ...doubled];
  if (stuck.length === 0) return problems;
  // Recorded: a cont that overtakes the stop leaves requests behind, and so does a retry that fails in a job's drain.
  const known = r.raced || (retryMode === 'recorded' && r.jobs && hasRetry(r));
  if (!known) problems.push(`left behind: ${stuck.join(' ')}`);
  command(r, 'stop');
  settle(r);
  for (let i = 0; i < 4 && leftOver(r).length > 0; i++) {
    command(r, 'cont');
    settle(r);
  }
  const lost = leftOver(r);
  if (lost.length > 0) problems.push(`lost: ${lost.join(' ')}`);
  return problems;
}

const hasRetry = (r: Run): boolean =>
  r.vm.disks.some(({ blk }) => blk.onReadError === 'retry' || blk.onWriteError === 'retry');

/** Pulled disks complete nothing, and no timer of theirs is left: the world comes to rest. */
function unplugAll(r: Run): string[] {
  command(r, '{"execute":"block-job-cancel","arguments":{"device":"job0","force":true}}');
  settle(r);
  for (const disk of r.vm.disks.slice()) unplugDisk(r.vm, disk);
  settle(r);
  const doneBefore = r.requests.map((q) => q.done);
  const outcome = run(r.sim, { maxEvents: 10_000 });
  const late = r.requests.filter((q, i) => q.done !== doneBefore[i]);
  const problems = late.map((q) => `${q.name} outlived its disk`);
  if (outcome.kind !== 'idle')
    problems.push(`a pulled disk left something behind: ${outcome.kind}`);
  return problems;
}

describe.each(['recorded', 'reviewed'] as const)(
  'errors, stops and drains in any order (%s)',
  (retryMode) => {
    it(
      `agree with what is observed and lose no request in ${RUNS / 2} interleavings`,
      { timeout: 120_000 },
      () => {
        let raced = 0;
        for (let seed = 1; seed <= RUNS / 2; seed++) {
          const r = play(seed, retryMode);
          const problems = [...check(r, retryMode), ...unplugAll(r)];
          if (r.raced) raced++;
          if (problems.length > 0)
            throw new Error(`seed ${seed} (${retryMode}): ${problems.join('; ')}`);
        }
        expect(raced).toBeGreaterThan(0);
      },
    );
  },
);
