// deadline-settings.ts — queue/iosched of mq-deadline. Mirrors block/mq-deadline.c: deadline_attrs.
import { NotSupported } from '@dmsim/sim';

import { HZ } from './jiffies.ts';
import type { SysfsAttribute, SysfsAttributes } from './sysfs-attribute.ts';
import { INT, parseNumber } from './sysfs-attribute.ts';

/** Kept, and without effect: requests that wait keep their order here. Times are in jiffies. */
export interface DeadlineSettings {
  asyncDepth: number;
  fifoBatch: number;
  prioAgingExpire: number;
  readExpire: number;
  writeExpire: number;
  writesStarved: number;
}

/** Milliseconds of a jiffy. */
const JIFFY_MS = 1000 / HZ;

/** As each start of the scheduler sets them. */
export const DEADLINE_DEFAULTS: DeadlineSettings = {
  asyncDepth: 256,
  fifoBatch: 16,
  prioAgingExpire: 10_000 / JIFFY_MS,
  readExpire: 500 / JIFFY_MS,
  writeExpire: 5000 / JIFFY_MS,
  writesStarved: 2,
};

/** A number that is not below the least one, or why there is none: only an int is taken. */
function parse(text: string, least: number): number | 'EINVAL' | 'ERANGE' {
  const value = parseNumber(text, INT, 0);
  return typeof value === 'string' ? value : Math.max(least, value);
}

const count = (key: keyof DeadlineSettings, least: number): SysfsAttribute<DeadlineSettings> => ({
  show: (settings) => `${settings[key]}\n`,
  store(settings, text) {
    const value = parse(text, least);
    if (typeof value === 'string') return value;
    settings[key] = value;
    return undefined;
  },
});

/** Shown and stored in milliseconds. */
const time = (key: keyof DeadlineSettings): SysfsAttribute<DeadlineSettings> => ({
  show: (settings) => `${settings[key] * JIFFY_MS}\n`,
  store(settings, text) {
    const value = parse(text, 0);
    if (typeof value === 'string') return value;
    settings[key] = Math.ceil(value / JIFFY_MS);
    return undefined;
  },
});

export const deadlineAttributes: SysfsAttributes<DeadlineSettings> = {
  async_depth: count('asyncDepth', 1),
  fifo_batch: count('fifoBatch', 0),
  front_merges: {
    show: () => '1\n',
    store(_settings, text) {
      const value = parse(text, 0);
      if (typeof value === 'string') return value;
      if (value === 0) throw new NotSupported('sysfs', 0, 'front_merges without merges');
      return undefined;
    },
  },
  prio_aging_expire: time('prioAgingExpire'),
  read_expire: time('readExpire'),
  write_expire: time('writeExpire'),
  writes_starved: count('writesStarved', INT.least),
};
