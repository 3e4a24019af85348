// The views of a recording, without a browser.
import { createReplay } from '@dmsim/observe';
import type { RunSpec } from '@dmsim/playground';
import {
  decodeAddress,
  encodeAddress,
  foldTime,
  layOut,
  recordRun,
  rowsOf,
  rowWords,
  spaceTimeOf,
} from '@dmsim/playground';
import { describe, expect, it } from 'vitest';

import { readLab } from './machine-queues.ts';

const LABS = ['replug', 'noflush-or-flush', 'path-flapping', 'lost-port', 'guest-array-down'];

const spec = (lab: string): RunSpec => ({
  lab,
  seed: 1,
  order: 'fifo',
  requeue: 'deferred-head',
  interference: [],
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function overlapping(boxes: readonly Box[]): unknown[] {
  return boxes.flatMap((a, i) =>
    boxes.slice(i + 1).flatMap((b) => (overlap(a, b) ? [[a, b]] : [])),
  );
}

describe('the picture', () => {
  it.each(LABS)('of %s has no two boxes at one place, and every dot within it', (name) => {
    const { recording } = recordRun(spec(readLab(name)));
    const replay = createReplay(recording);
    const step = Math.max(1, Math.floor(recording.count / 300));
    for (let nth = 0; nth <= recording.count; nth += step) {
      const picture = layOut(replay.stateAt(nth));
      const { processes, maps, groups, devices, units } = picture;
      expect(overlapping([...processes, ...maps, ...groups, ...units])).toEqual([]);
      expect(overlapping(devices)).toEqual([]);
      expect(overlapping(maps.flatMap(({ queues }) => queues))).toEqual([]);
      for (const { x, y } of picture.dots) {
        expect(x >= 0 && x <= picture.width && y >= 0 && y <= picture.height).toBe(true);
      }
      expect(new Set(picture.dots.map(({ key }) => key)).size).toBe(picture.dots.length);
    }
  });

  it('shows a bio at one place for each of its ranges', () => {
    const { recording } = recordRun(spec(readLab('replug')));
    const replay = createReplay(recording);
    for (let nth = 0; nth <= recording.count; nth++) {
      const instant = replay.stateAt(nth);
      const places = instant.bios.flatMap((bio) => bio.places);
      expect(layOut(instant).dots).toHaveLength(places.length);
    }
  });
});

describe('the space-time diagram', () => {
  it('tells bios that were pushed back from those that were deferred', () => {
    const { recording } = recordRun(spec(readLab('replug')));
    const { lanes } = spaceTimeOf(recording);
    const biosOf = (label: string): number[] =>
      lanes.find((lane) => lane.label === label)?.slices.map(({ bio }) => bio) ?? [];
    expect(lanes.slice(0, 5).map(({ label }) => label)).toEqual([
      'mpatha: suspends',
      'mpatha',
      'mpatha: target',
      'mpatha: pushed back',
      'mpatha: deferred',
    ]);
    expect(biosOf('mpatha: pushed back')).toEqual([3, 2, 4]);
    expect(biosOf('mpatha: deferred')).toEqual([5]);
  });

  it('calls no two lanes the same', () => {
    for (const name of LABS) {
      const { recording } = recordRun(spec(readLab(name)));
      const labels = spaceTimeOf(recording).lanes.map(({ label }) => label);
      expect(labels).toEqual([...new Set(labels)]);
    }
  });

  it('ends each bio that waits for a resume with the resume', () => {
    const { recording } = recordRun(spec(readLab('replug')));
    const { lanes } = spaceTimeOf(recording);
    const resume = lanes[0]?.slices.at(-1)?.to ?? 0;
    const waits = lanes.flatMap(({ slices }) =>
      slices.filter(({ kind }) => kind === 'pushed-back' || kind === 'deferred'),
    );
    expect(waits).toHaveLength(4);
    for (const { to } of waits) {
      expect(to).toBeGreaterThan(resume);
      expect(to).toBeLessThan(recording.count);
    }
  });
});

describe('folded time', () => {
  it('goes on with every record, and folds what is idle', () => {
    const { recording } = recordRun(spec(readLab('replug')));
    const { at, gaps, length } = foldTime(recording);
    for (let nth = 1; nth < at.length; nth++)
      expect((at[nth] ?? 0) > (at[nth - 1] ?? 0)).toBe(true);
    expect(gaps.map(({ duration }) => Math.round(duration / 1e9))).toEqual([1, 3, 1]);
    // Five idle seconds take less of the slider than a tenth.
    expect(gaps.length * 6).toBeLessThan(length / 10);
  });
});

describe('an address', () => {
  const shared = {
    spec: {
      ...spec(readLab('replug')),
      interference: [{ nth: 5, text: "echo 'ü' > /tmp/x", by: 'apart' as const }],
    },
    nth: 77,
    view: { tab: 'terminal' as const },
  };

  it('comes back as it was', async () => {
    expect(await decodeAddress(await encodeAddress(shared))).toEqual(shared);
  });

  const packed = async (value: unknown): Promise<string> => {
    const stream = new Blob([JSON.stringify(value)]).stream();
    const bytes = await new Response(
      stream.pipeThrough(new CompressionStream('deflate-raw')),
    ).arrayBuffer();
    return `1.${Buffer.from(bytes).toString('base64url')}`;
  };

  const { lab, seed, order, requeue, interference } = shared.spec;
  const good = { lab, seed, order, requeue, interference, nth: 0, view: { tab: 'events' } };

  it.each([
    ['1.', /damaged/],
    ['', /not known/],
    ['2.AAAA', /not known/],
    ['1.A.B', /not known/],
    ['1.%%%', /damaged/],
    ['1.AAAA', /damaged/],
    [`1.${'A'.repeat(200_000)}`, /too long/],
  ])('is refused, case %#', async (hash, why) => {
    await expect(decodeAddress(hash)).rejects.toThrow(why);
  });

  it.each([
    [null, /damaged/],
    [[], /damaged/],
    [{ ...good, lab: 5 }, /no lab/],
    [{ ...good, seed: -1 }, /seed/],
    [{ ...good, seed: 1.5 }, /seed/],
    [{ ...good, order: 'x' }, /order/],
    [{ ...good, requeue: '__proto__' }, /requeue/],
    [{ ...good, interference: 'x' }, /actions/],
    [{ ...good, interference: [{ nth: 1, text: 1, by: 'apart' }] }, /actions/],
    [{ ...good, interference: [{ nth: 1, text: '', by: 'question' }] }, /actions/],
    // A few bytes that unfold to more than a page can hold.
    [{ ...good, lab: 'x'.repeat(5_000_000) }, /damaged|too long/],
  ])('is refused for what it holds: %#', async (value, why) => {
    await expect(decodeAddress(await packed(value))).rejects.toThrow(why);
  });

  it('leaves out what it does not know', async () => {
    const { view, nth } = await decodeAddress(
      await packed({ ...good, nth: 'x', view: { tab: 'x' }, more: 1 }),
    );
    expect([view, nth]).toEqual([{ tab: 'events' }, 0]);
  });
});

describe('the list of events', () => {
  it.each(LABS)('of %s has words for each', (name) => {
    const asked = spec(readLab(name));
    const result = recordRun(asked);
    const lines = asked.lab.split('\n');
    const silent = rowsOf(asked, result).filter(
      (row) => rowWords(row, result.recording, lines).text === '',
    );
    expect(silent).toEqual([]);
  });

  it('calls a map by its name from the first event on', () => {
    const asked = spec(readLab('replug'));
    const result = recordRun(asked);
    const lines = asked.lab.split('\n');
    const words = rowsOf(asked, result).map((row) => rowWords(row, result.recording, lines).text);
    expect(words).toContain('table 1 of mpatha is loaded, and waits in the inactive slot');
    expect(words.filter((text) => text.includes('254:'))).toEqual([]);
  });
});
