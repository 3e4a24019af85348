// The studies of docs/labs/compare, each at small size: what its page says of the policies holds.
import { existsSync, readFileSync } from 'node:fs';

import { createMachine, percentilesOf, runLab, workloadOf, writeFile } from '@dmsim/host';
import { describe, expect, it } from 'vitest';

import { loadSelectors } from '../../packages/cli/src/plugins/load-selectors.ts';

const folder = new URL('../../docs/labs/compare/', import.meta.url).pathname;
const textOf = (name: string): string => readFileSync(folder + name, 'utf8');

interface Run {
  readonly lab: string;
  readonly workload: string;
  readonly fault?: string;
  readonly selector: string;
  /** Makes the job file small. */
  readonly small: (job: string) => string;
}

const own = await loadSelectors([`${folder}least-latency.ts`]);

function record({ lab, workload, fault, selector, small }: Run): Workload {
  const machine = createMachine({ seed: 1, selectors: own });
  writeFile(machine, '/run/job.fio', small(textOf(workload)));
  writeFile(machine, '/run/fault.sh', fault === undefined ? '' : textOf(fault));
  const { outcome, violations } = runLab(machine, {
    name: lab,
    text: `${textOf(lab)}\nbash /run/fault.sh &\nfio --output=/run/report /run/job.fio`,
    env: [['selector', selector]],
    onOutput: () => undefined,
  });
  expect(violations).toEqual([]);
  expect(outcome).toEqual({ kind: 'exited', status: 0 });
  return workloadOf(machine.records);
}

type Workload = ReturnType<typeof workloadOf>;
const iops = ({ ios, started, ended }: Workload): number => (ios * 1e9) / (ended - (started ?? 0));
const mean = ({ latencySum, ios }: Workload): number => latencySum / ios;

const p99 = ({ latencies }: Workload): number => percentilesOf(latencies, [99])[0] ?? Infinity;

const fewReads = (job: string): string => job.replace('io_size=80m', 'io_size=8m');

describe('one slow path', () => {
  const run = (selector: string): Workload =>
    record({ lab: 'three-paths.sh', workload: 'reads.fio', selector, small: fewReads });

  it('halves what round-robin gets through, and hardly touches historical-service-time', () => {
    const [blind, aware] = [run('round-robin'), run('historical-service-time')];
    expect(iops(aware)).toBeGreaterThan(2 * iops(blind));
    expect(mean(aware)).toBeLessThan(mean(blind) / 2);
    expect(iops(run('io-affinity'))).toBeGreaterThan(2 * iops(blind));
  });
});

describe('a selector of one’s own', () => {
  it('has the shortest tail where the quickest path alone would have to queue', () => {
    const run = (selector: string): Workload =>
      record({ lab: 'queueing-paths.sh', workload: 'reads.fio', selector, small: fewReads });
    const mine = p99(run('least-latency'));
    for (const other of ['round-robin', 'queue-length', 'service-time'])
      expect(mine).toBeLessThan(p99(run(other)));
  });
});

describe('a brown-out and a flapping path', () => {
  const small = (job: string): string =>
    job.replace('runtime=20', 'runtime=11').replace('rate_iops=2000', 'rate_iops=500');
  const run = (fault: string, selector: string): Workload =>
    record({ lab: 'equal-paths.sh', workload: 'arrivals.fio', fault, selector, small });

  it('historical-service-time leaves the slow path alone, round-robin keeps on sending', () => {
    const [blind, aware] = [
      run('brown-out.sh', 'round-robin'),
      run('brown-out.sh', 'historical-service-time'),
    ];
    expect(p99(aware)).toBeLessThan(p99(blind));
    expect(aware.errors + blind.errors).toBe(0);
  });

  it('nothing fails while a path comes and goes, whatever the selector', () => {
    for (const selector of [
      'round-robin',
      'queue-length',
      'service-time',
      'historical-service-time',
    ])
      expect(run('flapping.sh', selector).errors).toBe(0);
  });
});

describe('mixed sizes', () => {
  it('service-time, which counts bytes, gets more through than queue-length, which counts I/Os', () => {
    const run = (selector: string): Workload =>
      record({
        lab: 'links.sh',
        workload: 'mixed-sizes.fio',
        selector,
        small: (job) => job.replace('io_size=400m', 'io_size=40m'),
      });
    expect(iops(run('service-time'))).toBeGreaterThan(iops(run('queue-length')));
  });
});

describe('an outage under a guest', () => {
  const writable = (outage: string, patience: string): number | undefined => {
    const machine = createMachine();
    const { outcome } = runLab(machine, {
      name: 'guest-outage.sh',
      text: textOf('guest-outage.sh'),
      env: [
        ['outage', outage],
        ['patience', patience],
      ],
      onOutput: () => undefined,
    });
    expect(outcome).toEqual({ kind: 'exited', status: 0 });
    return machine.records.measures.get('writable');
  };

  it('leaves the guest writable exactly when the map waits for longer than the outage', () => {
    expect([writable('10', '0'), writable('10', '20'), writable('10', 'queue')]).toEqual([0, 1, 1]);
    expect([writable('40', '20'), writable('40', 'queue')]).toEqual([0, 1]);
  });
});

it('each study is kept as a report', () => {
  const studies = [
    'slow-path',
    'brown-out',
    'flapping',
    'mixed-sizes',
    'own-selector',
    'guest-outage',
  ];
  expect(studies.filter((study) => !existsSync(`${folder}${study}.html`))).toEqual([]);
});
