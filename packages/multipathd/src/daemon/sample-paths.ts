// sample-paths.ts — The thread that reads shaky paths, to learn how many of the reads fail. Mirrors libmultipath/io_err_stat.c: io_err_stat_loop.
import type { Nanos, Process, Task } from '@dmsim/sim';
import { millis, seconds } from '@dmsim/sim';

import { countActive } from '../multipath.ts';
import { findPath } from '../session.ts';
import type { MarginalLimits, Sample } from '../shaky-path.ts';
import { createShakyPath } from '../shaky-path.ts';
import { traceThread } from '../trace-points.ts';
import type { Daemon } from './daemon.ts';
import { pause } from './daemon.ts';
import { withLock } from './vecs-lock.ts';

/** Reads of one path at a time. */
const CONCURRENT = 32;
/** A read that takes longer than this counts as failed. None is sent in the last moments of a sample that are as long. */
const IO_TIMEOUT = seconds(60);
const ROUND = millis(100);
/** How long a round waits for a read to end. */
const PATIENCE = millis(10);

/** Returns false if the disk can't be opened. */
export function startSample(daemon: Daemon, dev: string, limits: MarginalLimits): boolean {
  const samples = daemon.samples ?? [];
  if (samples.some((sample) => sample.dev === dev)) return true;
  const reader = daemon.host.openDirect(dev);
  if (reader === undefined) return false;
  const sentAt = Array.from({ length: CONCURRENT }, (): Nanos | null => null);
  samples.push({ dev, limits, reader, startedAt: null, reads: 0, errors: 0, sentAt });
  daemon.samples = samples;
  return true;
}

export function* samplePaths(self: Process, daemon: Daemon): Task<number> {
  traceThread(self);
  const { sim } = daemon.host;
  for (;;) {
    for (const sample of daemon.samples?.slice() ?? []) {
      sendReads(sample, sim.now);
      if (sample.sentAt.every((at) => at !== null)) {
        yield* pause(daemon, PATIENCE, { background: true });
      }
      giveUpReads(sample, sim.now);
      if (timeOf(sample, sim.now) >= seconds(sample.limits.sampleTime)) {
        daemon.samples = daemon.samples?.filter((other) => other !== sample) ?? null;
        yield* withLock(daemon, 'judges a shaky path', () => judge(daemon, sample));
        sample.reader.close();
      }
    }
    yield* pause(daemon, ROUND, { background: (daemon.samples ?? []).length === 0 });
  }
}

const timeOf = ({ startedAt }: Sample, now: Nanos): Nanos =>
  startedAt === null ? 0 : now - startedAt;

/** Sends every read anew that has ended. */
function sendReads(sample: Sample, now: Nanos): void {
  const end = seconds(sample.limits.sampleTime);
  if (sample.startedAt !== null && timeOf(sample, now) + IO_TIMEOUT >= end) return;
  sample.startedAt ??= now;
  for (let i = 0; i < CONCURRENT; i++) {
    if (sample.sentAt[i] !== null) continue;
    sample.sentAt[i] = now;
    sample.reads++;
    sample.reader.read((good) => {
      sample.sentAt[i] = null;
      if (!good) sample.errors++;
    });
  }
}

function giveUpReads(sample: Sample, now: Nanos): void {
  for (const [i, at] of sample.sentAt.entries()) {
    if (at === null || now - at < IO_TIMEOUT + seconds(1)) continue;
    sample.sentAt[i] = null;
    sample.errors++;
  }
}

/** Few enough reads have failed: the next check, which comes soon, lets the path in. */
function* judge(daemon: Daemon, { dev, limits, reads, errors }: Sample): Task<void> {
  const say = (level: number, text: string): void =>
    daemon.log.put(level, `io error statistic: ${text}`);
  const rate = reads === 0 ? 0 : (errors * 1000) / reads;
  say(3, `${dev}: IO error rate (${rate.toFixed(1)}/1000)`);
  const path = findPath(daemon, dev);
  if (path === undefined) return;
  if (rate <= limits.rateThreshold) {
    say(3, `${dev}: (${errors}/${reads}) good to enable reinstating`);
    path.shaky = createShakyPath();
    path.tick = 1;
  } else if (path.map !== null && countActive(path.map) > 0) {
    const { alias } = path.map;
    say(3, `${alias}: keep failing the dm path ${dev}`);
    path.shaky.stage = 'waiting';
    path.shaky.foundBadAt = daemon.host.sim.now;
    say(3, `${alias}: disable reinstating of ${dev}`);
  } else {
    path.shaky = createShakyPath();
    say(3, `${dev}: there is orphan path, enable reinstating`);
  }
}
