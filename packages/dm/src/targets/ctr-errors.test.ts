// Every target says what is wrong with its table in Linux's words, in Linux's order; recorded where Debian has the target.
import { describe, expect, it } from 'vitest';

import type { TargetType } from '../target-type.ts';
import { delayTarget } from './delay.ts';
import { dustTarget } from './dust.ts';
import { errorTarget } from './error.ts';
import { flakeyTarget } from './flakey.ts';
import { linearTarget } from './linear.ts';
import { stripedTarget } from './striped.ts';
import { targetWorld } from './target-world.case.ts';
import { zeroTarget } from './zero.ts';

/** Parameters → the error with its errno, or the table line they become. */
type Table = Readonly<Record<string, string>>;

const EINVAL = (text: string): string => `${text} (-EINVAL)`;
const args = EINVAL('Invalid argument count');
const sector = EINVAL('Invalid device sector');
const lookup = 'Device lookup failed (-ENXIO)';

const LINEAR: Table = {
  '': args,
  '1:0': args,
  '1:0 0 1': args,
  '1:0 x': sector,
  '9:9 x': sector,
  '9:9 0': lookup,
  '1:0 8': '1:0 8',
};

const STRIPED: Table = {
  '': EINVAL('Not enough arguments'),
  '2': EINVAL('Not enough arguments'),
  '0 8': EINVAL('Invalid stripe count'),
  'x y': EINVAL('Invalid stripe count'),
  '2 0': EINVAL('Invalid chunk_size'),
  '3 8': EINVAL('Target length not divisible by number of stripes'),
  '2 8': EINVAL('Target length not divisible by chunk size'),
  '2 10 1:0 0': EINVAL('Not enough destinations specified'),
  '2 10 1:0 0 1:1 x': EINVAL("Couldn't parse stripe destination"),
  '2 10 1:0 0 9:9 0': "Couldn't parse stripe destination (-ENXIO)",
  '2 10 1:0 0 1:1 0': '2 10 1:0 0 1:1 0',
};

const DELAY_ARGS = EINVAL('Requires exactly 3, 6 or 9 arguments');
const DELAY: Table = {
  '': DELAY_ARGS,
  '1:0 0': DELAY_ARGS,
  '1:0 0 10 1:1 0': DELAY_ARGS,
  '1:0 0 10 1:1 0 20 1:0 0 30 4': DELAY_ARGS,
  '1:0 x y': sector,
  '1:0 +5 10': sector,
  '1:0 0 x': EINVAL('Invalid delay'),
  '1:0 0 -1': EINVAL('Invalid delay'),
  '1:0 0 1.5': EINVAL('Invalid delay'),
  '9:9 0 10': lookup,
  '1:0 0 10 1:1 x 20': sector,
  '1:0 0 10 9:9 0 20': lookup,
  '1:0 0 10 1:1 0 20 1:0 0 x': EINVAL('Invalid delay'),
  '1:0 0 4294967296': '1:0 0 0',
  '1:0 0 010': '1:0 0 10',
  '1:0 8 10 1:1 16 20': '1:0 8 10 1:1 16 20',
  '1:0 0 10 1:1 0 20 1:0 0 30': '1:0 0 10 1:1 0 20 1:0 0 30',
};

const FLAKEY: Table = {
  '': args,
  '1:0 0 1': args,
  '1:0 x 1 1': sector,
  '1:0 0 x 1': EINVAL('Invalid up interval'),
  '1:0 0 1 x': EINVAL('Invalid up interval'),
  '1:0 0 -1 1': EINVAL('Invalid up interval'),
  '9:9 0 0 0': EINVAL('Total (up + down) interval is zero'),
  '1:0 0 4294967295 1': EINVAL('Total (up + down) interval is zero'),
  '1:0 0 4294967295 3': EINVAL('Interval overflow'),
  '9:9 0 1 1': lookup,
  '9:9 0 1 1 1 foo': EINVAL('Unrecognised flakey feature requested'),
  '1:0 0 1 1': '1:0 0 1 1 2 error_reads error_writes',
  '1:0 0 1 1 0 junk': '1:0 0 1 1 2 error_reads error_writes',
};

const COUNT = EINVAL('Invalid number of feature args');
const FLAKEY_FEATURES: Table = {
  '12': COUNT,
  x: COUNT,
  '1': COUNT,
  '1 foo': EINVAL('Unrecognised flakey feature requested'),
  '1 ERROR_READS': '1 error_reads',
  '2 error_reads error_reads': EINVAL('Feature error_reads duplicated'),
  '2 drop_writes drop_writes': EINVAL('Feature drop_writes duplicated'),
  '2 error_writes error_writes': EINVAL('Feature error_writes duplicated'),
  '2 drop_writes error_writes': EINVAL('Feature error_writes conflicts with feature drop_writes'),
  '2 error_writes drop_writes': EINVAL('Feature drop_writes conflicts with feature error_writes'),
  '1 corrupt_bio_byte': EINVAL('Feature corrupt_bio_byte requires parameters'),
  '5 corrupt_bio_byte 0 r 2 3': EINVAL('Invalid corrupt bio byte'),
  '5 corrupt_bio_byte 1 x 2 3': EINVAL('Invalid corrupt bio direction (r or w)'),
  '2 corrupt_bio_byte 1': EINVAL('Invalid corrupt bio direction (r or w)'),
  '5 corrupt_bio_byte 1 W 256 3': EINVAL('Invalid corrupt value to write into bio byte (0-255)'),
  '4 corrupt_bio_byte 1 r 2': EINVAL('Invalid corrupt bio flags mask'),
  '5 corrupt_bio_byte 1 W 255 0': '5 corrupt_bio_byte 1 w 255 0',
  '6 drop_writes corrupt_bio_byte 1 w 2 3': EINVAL(
    'drop_writes is incompatible with corrupt_bio_byte with the WRITE flag set',
  ),
  '6 error_writes corrupt_bio_byte 1 w 2 3': EINVAL(
    'error_writes is incompatible with corrupt_bio_byte with the WRITE flag set',
  ),
  '6 corrupt_bio_byte 1 r 2 3 drop_writes': '6 drop_writes corrupt_bio_byte 1 r 2 3',
  '10 corrupt_bio_byte 1 r 2 3 corrupt_bio_byte 2 r 2 3': '5 corrupt_bio_byte 2 r 2 3',
  '1 random_read_corrupt': EINVAL('Feature random_read_corrupt requires a parameter'),
  '1 random_write_corrupt': EINVAL('Feature random_write_corrupt requires a parameter'),
  '2 random_read_corrupt x': EINVAL('Invalid random corrupt argument'),
  '2 random_read_corrupt 1000000001': EINVAL('Invalid random corrupt argument'),
  '2 random_read_corrupt 0': '2 error_reads error_writes',
  '11 corrupt_bio_byte 1 r 2 3 random_read_corrupt 6 error_reads random_write_corrupt 5 drop_writes':
    '11 error_reads drop_writes corrupt_bio_byte 1 r 2 3 random_read_corrupt 6 random_write_corrupt 5',
};

const DUST: Table = {
  '1:0 0': args,
  '1:0 0 512 1': args,
  '1:0 0 x': EINVAL('Invalid block size parameter'),
  '1:0 0 0': EINVAL('Invalid block size parameter'),
  '1:0 0 256': EINVAL('Block size must be at least 512'),
  '1:0 0 1000': EINVAL('Block size must be a power of 2'),
  '1:0 0 524288': EINVAL('Block size is too large'),
  '9:9 x 512': EINVAL('Invalid device offset sector'),
  '9:9 0 512': EINVAL('Device lookup failed'),
  '1:0 8 4096': '1:0 8 4096',
};

const TABLES: readonly (readonly [TargetType<never, never>, Table])[] = [
  [linearTarget as TargetType<never, never>, LINEAR],
  [stripedTarget as TargetType<never, never>, STRIPED],
  [
    errorTarget as TargetType<never, never>,
    { '1:0 x': sector, '9:9 0': lookup, '1:0 0': '', '1:0': '', 'a b c': '' },
  ],
  [zeroTarget as TargetType<never, never>, { '1': EINVAL('No arguments required'), '': '' }],
  [delayTarget as TargetType<never, never>, DELAY],
  [flakeyTarget as TargetType<never, never>, FLAKEY],
  [
    flakeyTarget as TargetType<never, never>,
    Object.fromEntries(
      Object.entries(FLAKEY_FEATURES).map(([features, outcome]) => [
        `1:0 0 1 1 ${features}`,
        outcome.endsWith('(-EINVAL)') ? outcome : `1:0 0 1 1 ${outcome}`,
      ]),
    ),
  ],
  [dustTarget as TargetType<never, never>, DUST],
];

describe.each(TABLES)('$name', (type, table) => {
  it.each(Object.entries(table))('"%s" is "%s"', (params, outcome) => {
    const w = targetWorld(type);
    const failed = w.load(params)?.replace(`${type.name}: `, '');
    expect(failed ?? w.line('table')).toBe(outcome);
  });

  it('keeps no device open when its table is refused', () => {
    const w = targetWorld(type);
    for (const [params, outcome] of Object.entries(table)) {
      if (!outcome.includes('(-E')) continue;
      w.load(params);
      const open = [...w.dm.layer.devices.values()].filter(({ openers }) => openers > 0);
      expect({ params, open: open.length }).toEqual({ params, open: 0 });
    }
  });
});
