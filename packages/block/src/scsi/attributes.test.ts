import { createSim, run } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { BlockDevice } from '../block-device.ts';
import { createBlockLayer, findDevice } from '../block-device.ts';
import { createRamDisks } from '../devices/brd.ts';
import { createNullDisks } from '../devices/null-blk.ts';
import { queueAttributes } from '../queue-attributes.ts';
import type { SysfsAttributes } from '../sysfs-attribute.ts';
import { deviceAttributes, hostAttributes } from './device-attributes.ts';
import { parseScsiDebugParams } from './scsi-debug/scsi-debug-params.ts';
import { loadScsiDebug } from './scsi-debug/scsi-debug.ts';
import { scsiDeviceOf } from './scsi-device-of.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { setDeviceState } from './scsi-device.ts';
import { createScsiLayer } from './scsi-layer.ts';

function load({ vpd_use_hostno = false } = {}) {
  const sim = createSim();
  const scsi = createScsiLayer(createBlockLayer(sim));
  loadScsiDebug(scsi, { add_host: 2, delay: 0, vpd_use_hostno });
  const sda = findDevice(scsi.block, 8, 0) as BlockDevice;
  return { sim, scsi, sda, path: scsiDeviceOf(sda) as ScsiDevice };
}

/** A table of attributes with the object whose they are. */
class Files<T> {
  readonly #attributes: SysfsAttributes<T>;
  readonly #of: T;
  constructor(attributes: SysfsAttributes<T>, of: T) {
    this.#attributes = attributes;
    this.#of = of;
  }
  read(name: string): string {
    return this.#attributes[name]?.show?.(this.#of) ?? '-';
  }
  write(name: string, text: string): string {
    return this.#attributes[name]?.store?.(this.#of, text) ?? 'ok';
  }
  readAll(): Record<string, string> {
    return Object.fromEntries(Object.keys(this.#attributes).map((name) => [name, this.read(name)]));
  }
}

const filesOf = (sdev: ScsiDevice) => new Files(deviceAttributes, sdev);

const of = (dev: BlockDevice | undefined): Record<string, string> =>
  new Files(queueAttributes(dev as BlockDevice), undefined).readAll();

function parse(words: Record<string, string>) {
  const sim = createSim();
  const parsed = parseScsiDebugParams(sim, new Map(Object.entries(words)));
  return { parsed, log: sim.log.map((line) => line.text) };
}

/** The log of a module that can't be loaded. */
function refused(words: Record<string, string>): string[] {
  const { parsed, log } = parse(words);
  expect(parsed.kind).toBe('invalid');
  return log;
}

describe('/sys/block/sdX/device', () => {
  it('takes two states, with their newline, and from two states only', () => {
    const { path } = load();
    const files = filesOf(path);
    const refused =
      'created\n|quiesce\n|transport-offline\n|blocked\n|cancel\n|deleted\n|foo\n|running \n|\n|running';
    for (const text of refused.split('|'))
      expect([text, files.write('state', text)]).toEqual([text, 'EINVAL']);
    expect(files.write('state', 'offline\n')).toBe('ok');
    expect(files.write('state', 'offline\n')).toBe('ok');
    expect(files.write('state', 'running\n')).toBe('ok');
    setDeviceState(path, 'blocked');
    expect(files.write('state', 'running\n')).toBe('EINVAL');
    expect(files.read('state')).toBe('blocked\n');
  });

  it('looks at the port group again when the device runs again', () => {
    const { sim, scsi } = load();
    const path = scsiDeviceOf(findDevice(scsi.block, 8, 16) as BlockDevice) as ScsiDevice;
    const files = filesOf(path);
    expect(files.read('access_state')).toBe('active/optimized\n');
    files.write('state', 'offline\n');
    const mark = sim.log.length;
    files.write('state', 'running\n');
    run(sim);
    expect(files.read('access_state')).toBe('active/non-optimized\n');
    expect(sim.log.slice(mark).map((line) => line.text)).toEqual([
      'sd 1:0:0:0: alua: supports implicit TPGS',
      'sd 1:0:0:0: alua: device naa.33333330000007d0 port group 200 rel port 1',
      'sd 1:0:0:0: alua: transition timeout set to 60 seconds',
      'sd 1:0:0:0: alua: port group 200 state N non-preferred supports tolUSNA',
    ]);
  });

  it('has no access state without a handler', () => {
    const { path } = load({ vpd_use_hostno: true });
    expect(filesOf(path).readAll()).toMatchObject({
      access_state: 'EINVAL',
      preferred_path: 'EINVAL',
      dh_state: 'detached\n',
    });
  });

  it('reads numbers as Linux does', () => {
    const { path } = load();
    const files = filesOf(path);
    const cases = [
      ['queue_depth', '1', 'ok', '1'],
      ['queue_depth', '0', 'EINVAL', '1'],
      ['queue_depth', '64', 'ok', '64'],
      ['queue_depth', '1024', 'EINVAL', '64'],
      ['queue_depth', 'abc', 'EINVAL', '64'],
      ['timeout', '5', 'ok', '5'],
      ['timeout', '-1', 'ok', '17179868'],
      ['timeout', 'abc', 'ok', '0'],
      ['timeout', '5s', 'ok', '5'],
      ['eh_timeout', 'abc', 'EINVAL', '10'],
      ['eh_timeout', '5', 'ok', '5'],
    ] as const;
    for (const [name, text, result, value] of cases) {
      expect([name, text, files.write(name, `${text}\n`)]).toEqual([name, text, result]);
      expect(files.read(name)).toBe(`${value}\n`);
    }
    expect(new Files(hostAttributes, path.host).write('eh_deadline', '7\n')).toBe('ok');
    expect(path.host.ehDeadline).toBe(7e9);
  });

  it('shows what Linux shows', () => {
    const { path } = load();
    expect(filesOf(path).readAll()).toMatchObject({
      state: 'running\n',
      wwid: 'naa.33333330000007d0\n',
      vendor: 'Linux   \n',
      model: 'scsi_debug      \n',
      rev: '0191\n',
      timeout: '30\n',
      queue_depth: '192\n',
      eh_timeout: '10\n',
      access_state: 'active/optimized\n',
      preferred_path: '0\n',
      dh_state: 'alua\n',
      type: '0\n',
      scsi_level: '8\n',
      iorequest_cnt: '0x41\n',
    });
  });
});

describe('/sys/block/X/queue', () => {
  it('activates a handler when told to, and nothing without one', () => {
    const alua = filesOf(load().path);
    expect(alua.write('dh_state', 'activate\n')).toBe('ok');
    expect(alua.write('dh_state', 'bogus\n')).toBe('EINVAL');
    expect(alua.write('dh_state', 'detach\n')).toBe('EINVAL');
    const plain = filesOf(load({ vpd_use_hostno: true }).path);
    expect(plain.write('dh_state', 'activate\n')).toBe('EINVAL');
  });

  it('refuses what Linux refuses', () => {
    const { sda } = load();
    const files = new Files(queueAttributes(sda), undefined);
    const cases = [
      ['max_sectors_kb', '3', 'EINVAL', '1280'],
      ['max_sectors_kb', '4', 'ok', '4'],
      ['max_sectors_kb', '0', 'ok', '1280'],
      ['nr_requests', '1', 'ok', '4'],
      ['nr_requests', '100000', 'EINVAL', '4'],
      ['scheduler', 'bfq', 'EINVAL', 'none [mq-deadline] '],
      ['scheduler', 'none', 'ok', '[none] mq-deadline '],
      ['write_cache', 'foo', 'EINVAL', 'write back'],
      ['write_cache', 'none', 'ok', 'write through'],
      ['rotational', '7', 'ok', '1'],
      ['rotational', 'a', 'EINVAL', '1'],
      ['io_timeout', '0', 'EINVAL', '30000'],
      ['io_timeout', '5000', 'ok', '5000'],
    ] as const;
    for (const [name, text, result, value] of cases) {
      expect([name, text, files.write(name, `${text}\n`)]).toEqual([name, text, result]);
      expect(files.read(name)).toBe(`${value}\n`);
    }
    expect(scsiDeviceOf(sda)?.timeout).toBe(5e9);
  });

  it('shows what Linux shows for each kind of disk', () => {
    const { sda } = load();
    const layer = createBlockLayer(createSim());
    createRamDisks(layer, { count: 1 });
    createNullDisks(layer);
    expect(of(sda)).toMatchObject({
      max_sectors_kb: '1280\n',
      max_hw_sectors_kb: '2147483647\n',
      optimal_io_size: '524288\n',
      read_ahead_kb: '1024\n',
      write_cache: 'write back\n',
      write_zeroes_max_bytes: '33553920\n',
      nr_requests: '256\n',
      fua: '1\n',
    });
    const ram = of(findDevice(layer, 1, 0));
    expect(ram).toMatchObject({
      discard_granularity: '4096\n',
      discard_max_bytes: '2199023255040\n',
      iostats: '0\n',
      max_sectors_kb: '127\n',
      physical_block_size: '4096\n',
    });
    expect(ram).not.toHaveProperty('scheduler');
    expect(of(findDevice(layer, 252, 0))).toMatchObject({
      scheduler: '[none] mq-deadline \n',
      nr_requests: '64\n',
      max_sectors_kb: '127\n',
      io_timeout: '5000\n',
    });
  });
});

describe('parameters of scsi_debug', () => {
  it('refuses values it cannot read or use, and says why', () => {
    expect(refused({ dev_size_mb: 'x' })).toEqual([
      "scsi_debug: `x' invalid for parameter `dev_size_mb'",
    ]);
    expect(refused({ per_host_store: '7' })).toHaveLength(1);
    expect(refused({ sector_size: '513' })).toEqual([
      'scsi_debug:scsi_debug_init: invalid sector_size 513',
    ]);
    expect(refused({ max_queue: '1000' })).toEqual([
      'scsi_debug:scsi_debug_init: max_queue must be in range [1, 192]',
    ]);
  });

  it('refuses a text that is longer than its field', () => {
    expect(refused({ inq_rev: '12345' })).toEqual([
      "inq_rev: string doesn't fit in 4 chars.",
      "scsi_debug: `12345' too large for parameter `inq_rev'",
    ]);
  });

  it('does not pretend to do what it does not', () => {
    const words = { zbc: '1', submit_queues: '4', unmap_alignment: '8' };
    for (const [name, value] of Object.entries(words)) {
      expect(parse({ [name]: value }).parsed).toEqual({ kind: 'not-simulated', name });
    }
    expect(parse({ inq_product: 'Universal Xport' }).parsed).toEqual({
      kind: 'not-simulated',
      name: 'inq_product=Universal Xport',
    });
    expect(parse({ submit_queues: '1', unmap_alignment: '0' }).parsed.kind).toBe('ok');
  });

  it('ignores unknown words as Linux does', () => {
    const { parsed, log } = parse({ foo: '1', delay: '0', per_host_store: '0' });
    expect(parsed).toEqual({ kind: 'ok', params: { delay: 0, per_host_store: false } });
    expect(log).toEqual(["scsi_debug: unknown parameter 'foo' ignored"]);
  });
});
