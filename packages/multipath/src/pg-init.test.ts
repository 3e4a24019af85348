import { createScsiLayer, loadScsiDebug, scsiDeviceOf } from '@dmsim/block';
import { describe, expect, it } from 'vitest';

import type { ScsiDhResult } from './handlers/hardware-handler.ts';
import { registerHardwareHandler, SCSI_DH } from './handlers/hardware-handler.ts';
import type { Machine } from './machine.case.ts';
import {
  create,
  createMachine,
  log,
  message,
  settle,
  start,
  status,
  suspend,
  table,
} from './machine.case.ts';

/** Disks of scsi_debug at 8:0, 8:16, …: the first is optimized, the second not, the third in standby, and so on. */
function createArray(hosts: number): Machine {
  const m = createMachine({ disks: 0 });
  loadScsiDebug(createScsiLayer(m.dm.layer), {
    add_host: hosts,
    dev_size_mb: 16,
    vpd_use_hostno: false,
    delay: 0,
  });
  return m;
}

const readOnce = (m: Machine, ms: number = 500): string => {
  const io = start(m, 0);
  settle(m, ms);
  return io.outcome;
};

/** Disks a and b with a handler `test` that answers as told, the last answer again and again. */
function createHandled(
  features: string,
  answers: readonly (ScsiDhResult | 'later')[],
): Machine & { readonly later: ((result: ScsiDhResult) => void)[]; asked: number } {
  const m = {
    ...createMachine({ disks: 2 }),
    later: [] as ((r: ScsiDhResult) => void)[],
    asked: 0,
  };
  registerHardwareHandler(m.module, {
    name: 'test',
    attach: () => undefined,
    activate(_sim, _dev, done) {
      const answer = answers[Math.min(m.asked++, answers.length - 1)] ?? SCSI_DH.OK;
      if (answer === 'later') m.later.push(done);
      else done(answer);
    },
  });
  for (const { dev } of m.disks) {
    if (dev.queue === null) continue;
    Object.assign(dev.queue.ops, { scsi: true });
    dev.queue.queuedata = { handler: null, state: 'running' };
  }
  create(m, `${features} 2 1 round-robin 0 1 0 8:0 round-robin 0 1 0 8:16`);
  return m;
}

for (const features of ['1 queue_if_no_path 1 alua', '3 queue_if_no_path queue_mode bio 0']) {
  describe(`alua (features: ${features})`, () => {
    it('activates a group with its first I/O, and loses its standby path to an I/O error', () => {
      const m = createArray(4);
      const groups = '2 1 round-robin 0 2 1 8:0 1 8:32 1 round-robin 0 2 1 8:16 1 8:48 1';
      expect(create(m, `${features} ${groups}`)).toBeUndefined();
      expect(status(m)).toBe('2 1 0 0 2 1 E 0 2 0 8:0 A 0 8:32 A 0 E 0 2 0 8:16 A 0 8:48 A 0 ');
      expect(readOnce(m)).toBe('ok');
      expect(status(m)).toBe('2 0 1 0 2 1 A 0 2 0 8:0 A 0 8:32 F 1 E 0 2 0 8:16 A 0 8:48 A 0 ');
      message(m, 'switch_group 2');
      expect(status(m)).toBe('2 0 1 0 2 2 E 0 2 0 8:0 A 0 8:32 F 1 E 0 2 0 8:16 A 0 8:48 A 0 ');
      expect(readOnce(m)).toBe('ok');
      expect(status(m)).toBe('2 0 1 0 2 2 E 0 2 0 8:0 A 0 8:32 F 1 A 0 2 0 8:16 A 0 8:48 A 0 ');
      message(m, 'fail_path 8:16');
      expect(readOnce(m)).toBe('ok');
      message(m, 'fail_path 8:48');
      expect(readOnce(m)).toBe('ok');
      message(m, 'disable_group 1');
      expect(status(m)).toBe('2 0 1 0 2 1 D 0 2 0 8:0 A 0 8:32 F 1 E 0 2 0 8:16 F 1 8:48 F 1 ');
      // A bypassed group is not to be hammered: two seconds pass before it is initialised.
      expect(readOnce(m, 2_500)).toBe('ok');
      // A group that can be initialised is not disabled any more.
      expect(status(m)).toBe('2 0 1 0 2 1 A 0 2 0 8:0 A 0 8:32 F 1 E 0 2 0 8:16 F 1 8:48 F 1 ');
      expect(log(m)).toEqual([
        'multipath: 254:0: Failing path 8:32.',
        'multipath: 254:0: Failing path 8:16.',
        'multipath: 254:0: Failing path 8:48.',
      ]);
    });
  });
}

describe('a table line with a handler', () => {
  const paths = '1 1 round-robin 0 2 1 8:0 1 8:16 1';
  const shown = '1 1 round-robin 0 2 1 8:0 1 8:16 1 ';

  it('shows its name without arguments, or that of the handler its paths keep', () => {
    for (const [words, line] of [
      ['0 2 alua 1', '0 1 alua '],
      ['0 0', '0 0 '],
      ['1 retain_attached_hw_handler 0', '1 retain_attached_hw_handler 1 alua '],
      ['1 retain_attached_hw_handler 2 nosuch x', '1 retain_attached_hw_handler 1 alua '],
      ['2 queue_mode bio 0', '3 retain_attached_hw_handler queue_mode bio 1 alua '],
    ] as const) {
      const m = createArray(2);
      expect(create(m, `${words} ${paths}`)).toBeUndefined();
      expect(table(m)).toBe(line + shown);
    }
  });

  it('keeps the handler a path has, and says so', () => {
    const m = createArray(2);
    expect(create(m, `0 2 emc x ${paths}`)).toBeUndefined();
    // Only once: to the second path alua is the table's own.
    expect(log(m)).toEqual(['multipath: retaining handler on device sda']);
    expect(table(m)).toBe(`0 1 alua ${shown}`);
  });

  it('is refused when there is no such handler, or its arguments are wrong', () => {
    for (const [words, text] of [
      ['1 nosuch', 'error attaching hardware handler (-EINVAL)'],
      ['3 alua foo bar', 'unable to set hardware handler parameters (-EINVAL)'],
    ] as const) {
      const m = createArray(2);
      expect(create(m, `0 ${words} ${paths}`)).toBe('EINVAL');
      expect(log(m)[0]).toBe(`table: 254:0: multipath: ${text}`);
    }
  });

  it('is refused when it does not take the path', () => {
    const m = createMachine({ disks: 2 });
    expect(create(m, `0 1 alua ${paths}`)).toBe('ENODEV');
    expect(log(m)[0]).toBe('table: 254:0: multipath: error attaching hardware handler (-ENODEV)');
  });

  it('leaves the handler attached when the table has gone', () => {
    const m = createHandled('0 1 test', [SCSI_DH.OK]);
    expect(m.disks.map(({ dev }) => scsiDeviceOf(dev)?.handler)).toEqual(['test', 'test']);
  });
});

describe('an activation that fails', () => {
  it('is tried again as often as the table says, and then fails the path', () => {
    const m = createHandled('2 pg_init_retries 2 1 test', [
      SCSI_DH.IMM_RETRY,
      SCSI_DH.IMM_RETRY,
      SCSI_DH.IMM_RETRY,
      SCSI_DH.OK,
    ]);
    expect(readOnce(m)).toBe('ok');
    expect(m.asked).toBe(4);
    expect(status(m)).toBe('2 0 1 0 2 2 E 0 1 0 8:0 F 1 A 0 1 0 8:16 A 0 ');
  });

  it('waits before it is tried again when the handler says so', () => {
    const m = createHandled('4 pg_init_retries 1 pg_init_delay_msecs 700 1 test', [
      SCSI_DH.RETRY,
      SCSI_DH.OK,
    ]);
    const io = start(m, 0);
    settle(m, 650);
    expect([m.asked, io.outcome]).toEqual([1, 'pending']);
    settle(m, 200);
    expect([m.asked, io.outcome]).toEqual([2, 'ok']);
    expect(status(m)).toMatch(/^2 0 2 0 /);
  });

  it('bypasses a group that is busy for a while', () => {
    const m = createHandled('0 1 test', [SCSI_DH.DEV_TEMP_BUSY, SCSI_DH.OK]);
    expect(readOnce(m)).toBe('ok');
    expect(status(m)).toBe('2 0 1 0 2 2 D 0 1 0 8:0 A 0 A 0 1 0 8:16 A 0 ');
  });

  it('says which handler could not, and fails the path', () => {
    const m = createHandled('0 1 test', [SCSI_DH.NOSYS, SCSI_DH.OK]);
    expect(readOnce(m)).toBe('ok');
    expect(log(m)).toEqual([
      'multipath: Could not failover the device: Handler scsi_dh_test Error 16.',
      'multipath: 254:0: Failing path 8:0.',
    ]);
  });
});

describe('while a group is initialised', () => {
  it('I/O waits, a reinstated path is activated too, and a suspend waits for the answer', () => {
    const m = createHandled('0 1 test', ['later']);
    const io = start(m, 0);
    settle(m);
    expect(status(m)).toMatch(/^2 1 1 0 2 1 A /);
    expect(io.outcome).toBe('pending');
    expect(suspend(m, { noflush: true })).toBe('waiting');
    m.later.shift()?.(SCSI_DH.OK);
    settle(m);
    expect(io.outcome).toBe('pending');
    expect(message(m, 'fail_path 8:0')).toBe('EBUSY');
  });

  it('a path of the current group that comes back is activated alone', () => {
    const m = createHandled('3 queue_if_no_path queue_mode rq 1 test', [SCSI_DH.OK]);
    expect(readOnce(m)).toBe('ok');
    expect(m.asked).toBe(1);
    message(m, 'fail_path 8:0');
    message(m, 'reinstate_path 8:0');
    settle(m);
    expect(m.asked).toBe(2);
  });
});
