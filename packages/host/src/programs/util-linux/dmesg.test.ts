import { printk } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { programWorld } from '../program-world.case.ts';

describe('dmesg', () => {
  it('prints each line with the time of its message', () => {
    const w = programWorld();
    w.call('dmesg -c');
    printk(w.machine.sim, 'one\n  two');
    expect(w.call('dmesg').out).toMatch(/^\[ {4}0\.\d{6}\] one\n\[ {4}0\.\d{6}\] {3}two\n$/);
  });

  it('forgets with -c what it has shown', () => {
    const w = programWorld();
    w.call('dmesg -c');
    printk(w.machine.sim, 'seen');
    expect(w.call('dmesg -c').out).toContain('seen');
    expect(w.call('dmesg').out).toBe('');
    printk(w.machine.sim, 'new');
    expect(w.call('dmesg').out).toMatch(/new\n$/);
  });

  it('forgets with -C what it does not show', () => {
    const w = programWorld();
    printk(w.machine.sim, 'unseen');
    expect(w.call('dmesg -C').out).toBe('');
    printk(w.machine.sim, 'new');
    expect(w.call('dmesg --notime').out).toBe('new\n');
  });

  it('knows no options that util-linux has not', () => {
    const { err, status } = programWorld().call('dmesg -Z');
    expect(err).toMatch(/^dmesg: invalid option -- 'Z'\nBusyBox v1.35.0 /);
    expect(status).toBe(1);
  });
});
