import { describe, expect, it } from 'vitest';

import { programWorld } from '../../program-world.case.ts';

const names = (args: string, setUp = ''): string[] => {
  const w = programWorld();
  if (setUp !== '') w.call(setUp.split('|'));
  return w.call(`lsblk -n -l -o NAME ${args}`).out.trim().split('\n');
};

describe('the disks that lsblk lists', () => {
  it('are neither empty nor in memory, unless -a asks for all', () => {
    expect(names('')).not.toContain('ram0');
    expect(names('-a')).toEqual(expect.arrayContaining(['ram0', 'loop0']));
  });

  it('are those of the numbers that -I gives', () => {
    expect(names('-I 1').every((name) => name.startsWith('ram'))).toBe(true);
  });

  it('end the lab where a disk of another number stands on one of them', () => {
    expect(() => names('-I 1', 'dmsetup|create|m|--table|0 8 linear 1:0 0')).toThrow(
      'lsblk: not supported: -I, which may leave dm-0 out',
    );
  });

  it('can be chosen and left out by number in one way only', () => {
    const { err, status } = programWorld().call('lsblk -I 1 -e 8');
    expect({ err, status }).toEqual({
      err: 'lsblk: mutually exclusive arguments: --include --exclude\n',
      status: 1,
    });
  });
});
