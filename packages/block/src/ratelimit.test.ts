import { createSim } from '@dmsim/sim';
import { expect, it } from 'vitest';

import { createBlockLayer } from './block-device.ts';
import { mayPrint } from './ratelimit.ts';

it('lets ten messages through in five seconds, and tells later how many it kept', () => {
  const sim = createSim();
  const layer = createBlockLayer(sim);
  const ask = (): boolean => mayPrint(layer, 'blk_print_req_error');
  expect(Array.from({ length: 12 }, ask).filter(Boolean)).toHaveLength(10);
  expect(mayPrint(layer, 'bio_check_eod')).toBe(true);
  sim.now = 5e9;
  expect(ask()).toBe(false);
  sim.now = 5.004e9;
  expect(ask()).toBe(true);
  expect(sim.log.map((line) => line.text)).toEqual(['blk_print_req_error: 3 callbacks suppressed']);
});
