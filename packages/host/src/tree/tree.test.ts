import { NotSupported } from '@dmsim/sim';
import type { Directory, Vnode } from '@dmsim/vfs';
import { lookupPath } from '@dmsim/vfs';
import { beforeEach, describe, expect, it } from 'vitest';

import { loadModule } from '../modules.ts';
import type { ProgramWorld } from '../programs/program-world.case.ts';
import { programWorld } from '../programs/program-world.case.ts';

let world: ProgramWorld;

/** Ram disks 1:0 and 1:1; two SCSI disks, sda and sdb. */
beforeEach(() => {
  world = programWorld();
  loadModule(
    world.machine,
    'scsi_debug',
    new Map([
      ['add_host', '2'],
      ['delay', '0'],
    ]),
  );
  world.settle();
});

const cat = (path: string): string => world.call(['cat', path]).out;
const write = (path: string, text: string): string => world.call(['tee', path], text).err;
const at = (path: string): Vnode | string => {
  const { root } = world.machine;
  return lookupPath(path, { root, cwd: '/' });
};
const names = (path: string): readonly string[] => {
  const node = at(path);
  return typeof node === 'string' || node.kind !== 'directory' ? [] : node.entries();
};

/** Calls with each node below a directory; what is not simulated is passed over. */
function walk(path: string, visit: (path: string, node: Vnode) => void): void {
  const directory = at(path) as Directory;
  for (const name of entriesOf(directory)) {
    const node = directory.lookup(name);
    const below = `${path}/${name}`;
    if (node === undefined) throw new Error(`${below} is listed and not there`);
    visit(below, node);
    if (node.kind === 'directory') walk(below, visit);
  }
}

const entriesOf = (directory: Directory): readonly string[] =>
  unlessUnsimulated(() => directory.entries()) ?? [];

/** Undefined for what is not simulated. */
function unlessUnsimulated<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof NotSupported) return undefined;
    throw error;
  }
}

describe('/sys', () => {
  it('lists nothing that is not there, and has no link that leads nowhere', () => {
    world.call(['dmsetup', 'create', 'm', '--table', '0 8 linear 1:0 0']);
    const broken: string[] = [];
    let links = 0;
    walk('/sys', (path, { kind }) => {
      if (kind !== 'symlink') return;
      links++;
      const node = unlessUnsimulated(() => at(path));
      if (typeof node === 'string') broken.push(path);
    });
    expect(broken).toEqual([]);
    expect(links).toBeGreaterThan(50);
  });

  it('shows every attribute of a disk that can be read', () => {
    const unread: string[] = [];
    walk('/sys/devices/pseudo_0', (path, node) => {
      if (node.kind !== 'file' || (node.mode & 0o400) === 0) return;
      const result = unlessUnsimulated(() => world.call(['cat', path]));
      if (result !== undefined && result.err !== '') unread.push(result.err);
    });
    // Only a hardware handler knows the state of a path, and only few devices are suspended when they are idle.
    const usual =
      /(?:access_state'?: Invalid|preferred_path'?: Invalid|autosuspend_delay_ms'?: Input)/;
    expect(unread.filter((error) => !usual.test(error))).toEqual([]);
  });

  it('refuses to write what is only shown, and to show what is only written', () => {
    expect(write('/sys/block/sda/size', '1')).toBe('tee: /sys/block/sda/size: Permission denied\n');
    expect(world.call('cat /sys/class/scsi_host/host0/scan').err).toContain('Permission denied');
    expect(write('/sys/block/sda/device/state', 'sideways')).toContain('Invalid argument');
  });

  it('lets nobody make or remove a file', () => {
    expect(world.call('touch /sys/block/new').err).toContain('Permission denied');
    expect(world.call('rm /sys/block/sda').err).toContain('Operation not permitted');
    expect(names('/sys/block')).toContain('sda');
  });

  it('keeps what is written to an attribute, by whatever path it is reached', () => {
    write('/sys/block/ram0/queue/read_ahead_kb', '512\n');
    expect(cat('/sys/class/block/ram0/queue/read_ahead_kb')).toBe('512\n');
    expect(cat('/sys/dev/block/1:0/queue/read_ahead_kb')).toBe('512\n');
  });

  it('names the disks below a map as its slaves, and the map as their holder, from the load on', () => {
    world.call('dmsetup create m --notable');
    expect(names('/sys/block/dm-0/slaves')).toEqual([]);
    world.call(['dmsetup', 'load', 'm', '--table', '0 8 linear 1:0 0']);
    expect(names('/sys/block/dm-0/slaves')).toEqual(['ram0']);
    expect(names('/sys/block/ram0/holders')).toEqual(['dm-0']);
    expect(names('/sys/block/ram1/holders')).toEqual([]);
  });

  it('forgets a disk that was deleted, wherever it was listed', () => {
    write('/sys/block/sda/device/delete', '1');
    world.settle();
    const lists = ['/sys/block', '/sys/class/block', '/dev'];
    for (const path of lists) expect(names(path)).not.toContain('sda');
    expect(names('/sys/dev/block')).not.toContain('8:0');
    expect(cat('/proc/partitions')).not.toContain('sda');
    expect(names('/sys/block')).toContain('sdb');
  });

  it('names what is not simulated when it is looked into, and not when it is listed', () => {
    expect(world.call('ls /sys').out).toContain('firmware');
    expect(() => world.call('ls /sys/firmware')).toThrow(
      '/sys/firmware: not supported: the kernel has it, and it is not simulated',
    );
  });
});

describe('/proc', () => {
  it('cuts the decimals of the uptime, and does not round them', () => {
    const { sim } = world.machine;
    const left = 2e9 - 1e6 - (sim.now % 1e9);
    world.call(`sleep ${left / 1e9}`);
    expect(cat('/proc/uptime')).toMatch(/^\d+\.99 0\.00\n$/);
  });

  it('lets root open what cannot be written, and fails the write', () => {
    expect(write('/proc/uptime', '0')).toBe('tee: /proc/uptime: Input/output error\n');
  });

  it('shows the process that looks as self, and none that has ended', () => {
    expect(cat('/proc/self/comm')).toBe('cat\n');
    const { process } = world.start('true');
    world.settle();
    expect(world.call(`cat /proc/${process.pid}/comm`).err).toContain('No such file or directory');
  });

  it('drops clean pages when it is told to, and keeps dirty ones', () => {
    world.call('dd if=/dev/ram0 of=/dev/null bs=4096 count=1 status=none');
    const cache = [...world.machine.pageCaches.values()][0];
    expect(write('/proc/sys/vm/drop_caches', '5')).toContain('Invalid argument');
    expect(write('/proc/sys/vm/drop_caches', '1')).toBe('');
    expect(cache?.pages.size ?? 0).toBe(0);
  });

  it('refuses a setting of Linux by name, and finds none that Linux lacks', () => {
    expect(() => world.call('cat /proc/sys/vm/min_free_kbytes')).toThrow(
      '/proc/sys/vm/min_free_kbytes: not supported',
    );
    expect(world.call('cat /proc/sys/vm/no_such_knob').err).toBe(
      'cat: /proc/sys/vm/no_such_knob: No such file or directory\n',
    );
  });
});

describe('/dev', () => {
  it('refuses to open a node whose disk is not there, with ENXIO', () => {
    world.call('mknod /dev/stale b 8 160');
    expect(world.call('cat /dev/stale').err).toBe('cat: /dev/stale: No such device or address\n');
  });

  it('opens the disk that has the number now', () => {
    world.call('mknod /dev/mine b 1 0');
    world.call('dd if=/dev/zero of=/dev/mine bs=512 count=1 conv=fsync status=none');
    expect(world.call('cmp -n 512 /dev/ram0 /dev/mine').status).toBe(0);
  });
});
