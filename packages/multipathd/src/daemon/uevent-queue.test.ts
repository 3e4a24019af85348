// Uevents that wait together are filtered and merged, as in uevent.c of multipath-tools 0.9.4.
import { describe, expect, it } from 'vitest';

import { createBlacklist } from '../config/blacklist.ts';
import type { UdevEvent } from '../host.ts';
import type { Session } from '../session.ts';
import { createUeventQueue, takeUevents } from './uevent-queue.ts';

const event = (text: string): UdevEvent => {
  const [action, kernel = '', unit = ''] = text.split(' ');
  return { action, kernel, properties: new Map([['ID_SERIAL', unit]]) } as UdevEvent;
};

interface Taken {
  /** `add sdb [add sda]`: with those that were merged into it. */
  readonly waiting: readonly string[];
  readonly said: readonly string[];
}

/** Each list of events arrives together, and is taken before the next one comes. */
function take(lists: readonly (readonly string[])[], uidAttrs?: string): Taken {
  const said: string[] = [];
  const defaults = new Map(uidAttrs === undefined ? [] : [['uid_attrs', uidAttrs]]);
  const config = { defaults, blacklist: createBlacklist(), exceptions: createBlacklist() };
  const log = { verbosity: 3, put: (level: number, text: string) => level <= 3 && said.push(text) };
  const session = { config, log } as unknown as Session;
  const queue = createUeventQueue();
  for (const list of lists) {
    queue.arrived.push(...list.map(event));
    takeUevents(session, queue);
  }
  const shown = ({ action, kernel }: UdevEvent): string => `${action} ${kernel}`;
  const waiting = queue.waiting.map(({ event: own, merged }) =>
    [shown(own), ...merged.map((one) => `[${shown(one.event)}]`)].join(' '),
  );
  return { waiting, said };
}

describe('the queue of uevents', () => {
  it('counts what arrived', () => {
    const { waiting, said } = take([['change sda u', 'add dm-0']]);
    expect(waiting).toEqual(['change sda', 'add dm-0']);
    expect(said).toEqual(['uevents: 2 added, 0 discarded, 0 filtered, 0 merged']);
  });

  it('says nothing when nothing came', () => {
    expect(take([[]]).said).toEqual([]);
  });

  it('drops everything of a path before its removal, whenever that came', () => {
    const { waiting, said } = take([
      ['add sda u', 'add sdb u'],
      ['change sda u', 'remove sda u'],
    ]);
    expect(waiting).toEqual(['add sdb', 'remove sda']);
    expect(said.at(-1)).toBe('uevents: 2 added, 0 discarded, 2 filtered, 0 merged');
  });

  it('drops a change before the path is added, and not after it', () => {
    expect(take([['change sda u', 'add sda u']]).waiting).toEqual(['add sda']);
    expect(take([['add sda u', 'change sda u']]).waiting).toEqual(['add sda', 'change sda']);
  });

  it('drops nothing of maps', () => {
    expect(take([['change dm-0', 'remove dm-0']]).waiting).toEqual(['change dm-0', 'remove dm-0']);
  });

  it('merges paths of one unit under uid_attrs alone, in the order in which they came', () => {
    const arrived = ['add sda u', 'add sdb u', 'add sdc v', 'add sdd u'];
    expect(take([arrived]).waiting).toHaveLength(4);
    const { waiting, said } = take([arrived], 'sd:ID_SERIAL');
    expect(waiting).toEqual(['add sdc', 'add sdd [add sda] [add sdb]']);
    expect(said).toEqual(['uevents: 4 added, 0 discarded, 0 filtered, 2 merged']);
  });

  it('does not merge past the opposite of the same unit, nor past a map', () => {
    const attrs = 'sd:ID_SERIAL';
    const opposite = ['add sda u', 'remove sdb u', 'add sdc u'];
    expect(take([opposite], attrs).waiting).toEqual(['add sda', 'remove sdb', 'add sdc']);
    const past = ['add sda u', 'change dm-0', 'add sdb u'];
    expect(take([past], attrs).waiting).toEqual(['add sda', 'change dm-0', 'add sdb']);
  });

  it('cancels one that was merged, and lets the others stand for themselves again', () => {
    const lists = [['add sda u', 'add sdb u', 'add sdc u'], ['remove sdb u'], ['remove sdc u']];
    expect(take(lists, 'sd:ID_SERIAL').waiting).toEqual(['add sda', 'remove sdc [remove sdb]']);
  });
});
