// The commands of /dev/mapper/control, asked as dmsetup asks them; texts and errnos are the kernel's.
import { sendSignal, SIGNALS, spawn } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { World } from '../core-world.case.ts';
import { FLUSH, KEY, live, NOFLUSH, world } from '../core-world.case.ts';
import { devCreate } from './create.ts';
import { deviceInfo } from './device-info.ts';
import { allCells, findCell } from './find-device.ts';
import { tableClear, tableLoad } from './load.ts';
import { targetMessage } from './message.ts';
import { prepareIoctl } from './pass-through.ts';
import { devRemove, removeAll } from './remove.ts';
import { devRename } from './rename.ts';
import { tableStatus } from './status.ts';
import { devResume, devSuspend } from './suspend.ts';
import { devWait } from './wait.ts';

const lastLine = ({ sim }: World): string | undefined => sim.log.at(-1)?.text;

describe('create', () => {
  it('gives out the lowest free minor, and any that is asked for and free', () => {
    const { dm } = world();
    const minors = [
      devCreate(dm, { name: 'b' }),
      devCreate(dm, { name: 'c', minor: 7 }),
      devCreate(dm, { name: 'd' }),
      devCreate(dm, { name: 'e', minor: 7 }),
    ].map((made) => (typeof made === 'string' ? made : made.md.minor));
    expect(minors).toEqual([1, 7, 2, 'ENXIO']);
  });

  it.each([
    ['', 'device-mapper: ioctl: name not supplied when creating device'],
    ['a/b', "device-mapper: ioctl: device name cannot contain '/'"],
    ['..', 'device-mapper: ioctl: device name cannot be "control", ".", or ".."'],
  ])('refuses the name "%s", and the log says why', (name, text) => {
    const w = world();
    expect(devCreate(w.dm, { name })).toBe('EINVAL');
    expect(lastLine(w)).toBe(text);
  });

  it('refuses a name or uuid that is taken, and leaves no half-made device', () => {
    const { dm } = world();
    devCreate(dm, { name: 'b', uuid: 'u' });
    expect(devCreate(dm, { name: 'a' })).toBe('EBUSY');
    expect(devCreate(dm, { name: 'c', uuid: 'u' })).toBe('EBUSY');
    expect([...dm.devices.keys()]).toEqual([0, 1]);
  });
});

describe('finding a device', () => {
  it('works by name, uuid and number, and lists in byte order of the names', () => {
    const { dm } = world();
    devCreate(dm, { name: 'Z', uuid: 'u' });
    expect(findCell(dm, { uuid: 'u' })?.name).toBe('Z');
    expect(findCell(dm, { major: dm.major, minor: 0 })?.name).toBe('a');
    expect(findCell(dm, { major: 8, minor: 0 })).toBeUndefined();
    expect(allCells(dm).map(({ name }) => name)).toEqual(['Z', 'a']);
  });
});

describe('load and clear', () => {
  it('replaces the inactive table, and clear takes it away', () => {
    const w = live();
    w.load([0, 16, 'B']);
    w.load([0, 32, 'C']);
    expect(tableClear(w.dm, KEY)).toBeUndefined();
    expect(w.script.log).toEqual(['ctr B', 'ctr C', 'dtr B', 'dtr C']);
    expect(tableClear(w.dm, KEY)).toBeUndefined();
  });

  it('refuses a table without targets, with a gap, and of a type that is not there', () => {
    const w = world();
    expect(tableLoad(w.dm, KEY, { specs: [] })).toBe('EINVAL');
    expect(lastLine(w)).toBe('device-mapper: ioctl: populate_table: no targets specified');
    expect(w.load([0, 16, 'A'], [17, 16, 'B'])).toBe('EINVAL');
    const specs = [{ start: 0n, length: 16n, type: 'none', params: '' }];
    expect(tableLoad(w.dm, KEY, { specs })).toBe('EINVAL');
    expect(tableLoad(w.dm, { name: 'nope' }, { specs })).toBe('ENXIO');
  });
});

describe('rename', () => {
  it('changes the name, gives a first uuid, and refuses a second one', () => {
    const w = live();
    expect(devRename(w.dm, KEY, { to: 'b', setUuid: false })).toBeUndefined();
    expect(devRename(w.dm, { name: 'b' }, { to: 'u', setUuid: true })).toBeUndefined();
    expect(devRename(w.dm, { name: 'b' }, { to: 'v', setUuid: true })).toBe('EINVAL');
    expect(lastLine(w)).toBe(
      'device-mapper: ioctl: Unable to change uuid of mapped device b to v because uuid is already set to u',
    );
    expect(devRename(w.dm, { name: 'nope' }, { to: 'c', setUuid: false })).toBe('ENXIO');
  });
});

describe('wait', () => {
  it('returns at once when the count is another, else with the next event', () => {
    const w = live();
    const { eventNr } = w.md();
    expect(w.call(() => devWait(w.dm, KEY, { eventNr: eventNr + 1 }))).toBeUndefined();
    expect(w.call(() => devWait(w.dm, KEY, { eventNr }))).toBe('pending');
  });

  it('is ended by a signal with EINTR', () => {
    const w = live();
    let result: string | undefined = 'pending';
    const waiter = spawn(w.sim, 'dmsetup', function* dmsetup() {
      result = yield* devWait(w.dm, KEY, { eventNr: w.md().eventNr });
      return 0;
    });
    w.call(() => devResume(w.dm, { name: 'nope' }, FLUSH));
    sendSignal(waiter, SIGNALS.TERM);
    w.call(() => devResume(w.dm, { name: 'nope' }, FLUSH));
    expect(result).toBe('EINTR');
  });
});

describe('message', () => {
  it.each([
    ['', 0n, 'Empty message received.'],
    ['x', 1000n, 'Target message sector outside device.'],
    ['x', 0n, 'Target type does not support messages'],
    ['@nonsense', 0n, 'Unsupported message sent to DM core: @nonsense'],
  ])('"%s" at sector %s is refused, and the log says why', (message, sector, text) => {
    const w = live();
    expect(targetMessage(w.dm, KEY, { sector, message })).toBe('EINVAL');
    expect(lastLine(w)).toBe(`device-mapper: ioctl: ${text}`);
  });

  it('needs a live table', () => {
    const w = world();
    expect(targetMessage(w.dm, KEY, { sector: 0n, message: 'x' })).toBe('EINVAL');
    expect(lastLine(w)).toBe('device-mapper: ioctl: The device has no table.');
  });
});

describe('suspend, status and pass-through', () => {
  it('show a suspended device, keep its table in sight, and send no ioctl below', () => {
    const w = live();
    w.call(() => devSuspend(w.dm, KEY, NOFLUSH));
    const cell = findCell(w.dm, KEY);
    if (cell === undefined) throw new Error('the device is there');
    expect(deviceInfo(cell, { inactive: false }).suspended).toBe(true);
    const lines = tableStatus(w.dm, KEY, { kind: 'table' });
    expect(typeof lines === 'string' ? lines : lines.length).toBe(1);
    // The scripted target has no such hook.
    expect(w.call(() => prepareIoctl(w.md()) as never)).toBe('ENOTTY');
  });
});

describe('remove', () => {
  it('refuses a device in use, or lets it go with its last opener', () => {
    const w = live();
    const { disk } = w.md();
    if (disk === null) throw new Error('a resumed device has a disk');
    disk.openers = 1;
    expect(w.call(() => devRemove(w.dm, KEY))).toBe('EBUSY');
    expect(w.call(() => devRemove(w.dm, KEY, { deferred: true }))).toBeUndefined();
    expect(w.md().deferredRemove).toBe(true);
    expect(targetMessage(w.dm, KEY, { sector: 0n, message: '@cancel_deferred_remove' })).toBe(
      undefined,
    );
    expect(w.md().deferredRemove).toBe(false);
  });

  it('of all leaves what is open, and says how many', () => {
    const w = live();
    devCreate(w.dm, { name: 'b' });
    const { disk } = w.md();
    if (disk === null) throw new Error('a resumed device has a disk');
    disk.openers = 1;
    w.call(() => removeAll(w.dm));
    expect(allCells(w.dm).map(({ name }) => name)).toEqual(['a']);
    expect(lastLine(w)).toBe('device-mapper: ioctl: remove_all left 1 open device(s)');
  });
});
