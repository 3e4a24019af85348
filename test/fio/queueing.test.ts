// A workload of fio on a disk agrees with queueing theory for simple queues, within 2 % over long runs.
import { createMachine, runLab, workloadOf } from '@dmsim/host';
import type { Machine } from '@dmsim/host';
import { describe, expect, it } from 'vitest';

interface Queue {
  /** Commands that are served at a time. */
  readonly servers: number;
  readonly arrivalsPerSecond: number;
  /** The rate of one server. */
  readonly servedPerSecond: number;
  readonly seconds: number;
}

function measure({ servers, arrivalsPerSecond, servedPerSecond, seconds }: Queue): Machine {
  const machine = createMachine({ seed: 1 });
  const { outcome } = runLab(machine, {
    name: 'queue.sh',
    text: `modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0 max_queue=64
simctl latency sda exponential ${1e9 / servedPerSecond}ns
simctl depth sda ${servers}
fio --output=/dev/null --name=arrivals --filename=/dev/sda --rw=randread --norandommap --direct=1 --ioengine=libaio \\
  --iodepth=1024 --rate_iops=${arrivalsPerSecond} --rate_process=poisson --time_based --runtime=${seconds}`,
    onOutput: () => undefined,
    checkInvariants: false,
    limits: { maxEvents: Infinity },
  });
  expect(outcome).toEqual({ kind: 'exited', status: 0 });
  return machine;
}

function meanSeconds({ records }: Machine): number {
  const { latencySum, ios } = workloadOf(records);
  return latencySum / ios / 1e9;
}

/** The probability that an arrival waits (Erlang C). */
function erlangC(servers: number, load: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < servers; k++) sum += term *= load / k;
  term *= load / servers;
  const waiting = term / (1 - load / servers);
  return waiting / (sum + waiting);
}

function meanByFormula({ servers, arrivalsPerSecond, servedPerSecond }: Queue): number {
  const wait = erlangC(servers, arrivalsPerSecond / servedPerSecond);
  return wait / (servers * servedPerSecond - arrivalsPerSecond) + 1 / servedPerSecond;
}

describe('the mean time in the system is that of the formula within 2 %', () => {
  it.each<[string, Queue]>([
    ['M/M/1', { servers: 1, arrivalsPerSecond: 500, servedPerSecond: 1000, seconds: 400 }],
    ['M/M/4', { servers: 4, arrivalsPerSecond: 2600, servedPerSecond: 1000, seconds: 80 }],
  ])('%s', (_name, queue) => {
    const found = meanSeconds(measure(queue));
    const formula = meanByFormula(queue);
    expect(Math.abs(found / formula - 1)).toBeLessThan(0.02);
  });

  it('agrees with 1/(mu - lambda) where there is one server', () => {
    const queue = { servers: 1, arrivalsPerSecond: 500, servedPerSecond: 1000, seconds: 0 };
    expect(meanByFormula(queue)).toBeCloseTo(1 / 500, 12);
  });
});
