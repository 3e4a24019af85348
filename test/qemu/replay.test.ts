// Every transcript that real QEMU left is played again: same commands in, same replies and events out.
import { readdirSync, readFileSync } from 'node:fs';

import { replayQmp } from '@dmsim/qemu/replay';
import type { Difference } from '@dmsim/qemu/replay';
import { random } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

const FOLDERS = [
  'qtdev',
  'retry',
  'jobs',
  'iohang',
  'guest',
  'found',
  'awkward',
  'sessions',
  'chains',
  'nodes',
  'disks',
  'graph',
  'machines',
  'moments',
  'layers',
  'corners',
  'locks',
  'guestio',
  'shapes',
  'mixed',
  'kinds',
  'talks',
  'turns',
  'rounds',
  'trials',
  'waves',
  'tides',
  'breaks',
  'faults',
  'storms',
  'gales',
  'lots',
  'heaps',
  'rooms',
  'drifts',
];

/** Transcripts that do not replay yet, and why. One that replays must not stand here. */
const NOT_YET: Readonly<Record<string, string>> = {};

/** README: which of the two comes about is a matter of timing. Any interleaving that gives it will do. */
const RACY = ['qtdev/blk-cont-pipelined'];

/** Their clients wrote the next command as soon as they had the last reply. */
const AT_ONCE = ['found/mirror-asked-at-once'];
const SEEDS = 100;

const linesOf = (name: string): string[] =>
  readFileSync(new URL(name, import.meta.url), 'utf8').split('\n');

function replay(name: string): Difference | null {
  const lines = linesOf(name);
  const atOnce = AT_ONCE.some((hasty) => name.startsWith(hasty));
  const first = replayQmp(lines, { atOnce });
  if (first === null || !RACY.some((racy) => name.startsWith(racy))) return first;
  for (let seed = 1; seed <= SEEDS; seed++) {
    if (replayQmp(lines, { chooser: random(Math.imul(seed, 0x9e3779b1)) }) === null) return null;
  }
  return first;
}

const names = FOLDERS.flatMap((folder) =>
  readdirSync(new URL(folder, import.meta.url)).map((file) => `${folder}/${file}`),
);

describe('recorded QMP transcripts', () => {
  it.each(FOLDERS)('replays what was recorded in %s/', (folder) => {
    const differing: string[] = [];
    for (const name of names.filter((n) => n.startsWith(`${folder}/`))) {
      const difference = replay(name);
      if (name in NOT_YET) {
        if (difference === null) differing.push(`${name} replays, and is listed as not doing so`);
      } else if (difference !== null) {
        const { line, expected, got } = difference;
        differing.push(`${name}:${line}\n  expected ${expected}\n  got      ${got}`);
      }
    }
    expect(differing).toEqual([]);
  });

  it('has all the transcripts there are', () => {
    const replayed = names.filter((name) => !(name in NOT_YET));
    expect(names).toHaveLength(930);
    expect(replayed).toHaveLength(930);
  });
});

describe('a transcript that was tampered with', () => {
  it('names the first line that differs', () => {
    const lines = linesOf('qtdev/blk-report-report.jsonl').map((line) =>
      line.replace('No space left on device', 'Input/output error'),
    );
    expect(replayQmp(lines)).toMatchObject({ line: 8 });
  });

  it('notices a message that is missing', () => {
    const lines = linesOf('qtdev/blk-four-stop.jsonl').filter((line) => !line.includes('"STOP"'));
    expect(replayQmp(lines)).not.toBeNull();
  });
});
