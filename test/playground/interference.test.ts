// Actions on a machine by hand while a lab runs.
import type { Interference, RunResult, RunSpec } from '@dmsim/playground';
import { recordRun, savedLab } from '@dmsim/playground';
import { describe, expect, it } from 'vitest';

import { readLab } from './machine-queues.ts';

const spec = (interference: readonly Interference[], lab: string = readLab('replug')): RunSpec => ({
  lab,
  seed: 1,
  order: 'fifo',
  requeue: 'deferred-head',
  interference,
});

const printed = ({ output }: RunResult, from: 'lab' | number): string =>
  output
    .filter((piece) => piece.from === from)
    .map(({ text }) => text)
    .join('');

describe('interference', () => {
  it('leaves everything before it as it was', () => {
    const plain = recordRun(spec([]));
    const forked = recordRun(spec([{ nth: 100, text: 'dmsetup status', by: 'terminal' }]));
    const upTo = 100 * 8;
    expect(forked.recording.records.slice(0, upTo)).toEqual(plain.recording.records.slice(0, upTo));
  });

  it('is typed into one shell that remembers', () => {
    const run = recordRun(
      spec([
        { nth: 60, text: 'x=5; cd /sys/block', by: 'terminal' },
        { nth: 90, text: 'echo $x; pwd; nosuch', by: 'terminal' },
      ]),
    );
    expect(printed(run, 1)).toBe('5\n/sys/block\nbash: line 2: nosuch: command not found\n');
    expect(run.outcome).toEqual({ kind: 'exited', status: 0 });
  });

  it('goes on after the lab has ended', () => {
    const run = recordRun(spec([{ nth: 1e6, text: 'dmsetup ls', by: 'terminal' }]));
    expect(printed(run, 0)).toBe('mpatha\t(254:0)\n');
  });

  it('waits, typed, until what was typed before has ended; done by mouse, it does not', () => {
    const lab = `modprobe brd rd_nr=1 rd_size=1024
sleep 10`;
    const run = recordRun(
      spec(
        [
          { nth: 8, text: 'sleep 4; echo slept', by: 'terminal' },
          { nth: 9, text: 'echo typed', by: 'terminal' },
          { nth: 9, text: 'echo apart', by: 'apart' },
        ],
        lab,
      ),
    );
    const [, second] = run.done;
    expect(printed(run, 0)).toBe('slept\n');
    expect(printed(run, 1)).toBe('typed\n');
    expect(second?.startedAt).toBe(run.done[0]?.endedAt);
  });

  it('is interrupted by Ctrl-C, and the shell is not', () => {
    const run = recordRun(
      spec(
        [
          { nth: 4, text: 'sleep 1000', by: 'terminal' },
          { nth: 9, text: '', by: 'interrupt' },
          { nth: 9, text: 'echo here', by: 'terminal' },
        ],
        'sleep 1; :; sleep 1',
      ),
    );
    expect(printed(run, 2)).toBe('here\n');
    expect(run.end).toBeLessThan(10e9);
  });

  it('asks about the very instant, whatever would happen next', () => {
    const plain = recordRun(spec([]));
    for (let nth = 20; nth < plain.recording.count; nth += 9) {
      const text = 'dmsetup table; dmsetup info -c --noheadings -o suspended';
      const run = recordRun(spec([{ nth, text, by: 'question' }]), { stopWhenDone: true });
      // No time passes while it is asked.
      const started = run.done[0]?.startedAt ?? 0;
      expect(run.end).toBe(run.recording.records[(started - 1) * 8]);
      expect(run.done[0]?.endedAt).not.toBeNull();
    }
  });

  it('is refused with the lab when dmsim has no such thing', () => {
    const run = recordRun(spec([{ nth: 60, text: 'vgs', by: 'terminal' }]));
    expect(run.outcome.kind).toBe('refused');
  });
});

describe('a fork, saved as a lab', () => {
  it('prints what the fork printed', () => {
    const fork = spec(
      [
        { nth: 40, text: 'echo offline > /sys/block/sda/device/state', by: 'apart' },
        { nth: 60, text: "dmsetup message mp 0 reinstate_path 8:0; echo 'done'", by: 'apart' },
      ],
      readLab('noflush-or-flush'),
    );
    const run = recordRun(fork);
    const saved = recordRun(spec([], savedLab(fork, run)));
    expect(printed(saved, 'lab')).toBe(run.output.map(({ text }) => text).join(''));
    expect(printed(saved, 'lab')).toContain('done');
  });
});

describe('a run that would not end', () => {
  it('stops at a limit on what it prints', () => {
    const run = recordRun(spec([], 'while echo again and again; do sleep 1; done'), {
      maxOutput: 2 ** 17,
    });
    const message = 'the page keeps at most 0.125 MiB';
    expect(run.outcome).toMatchObject({ kind: 'limit', limit: 'output', message });
  });

  it('stops at a limit on what it records', () => {
    const run = recordRun(spec([], 'while sleep 1; do :; done'), { maxRecords: 1000 });
    expect(run.outcome).toMatchObject({ kind: 'limit', limit: 'trace records' });
    expect(run.recording.count).toBe(1000);
  });
});
