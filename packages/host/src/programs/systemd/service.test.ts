// service.test.ts — service(8) does what systemctl does, with the words in the other order.
import { expect, it } from 'vitest';

import { programWorld } from '../program-world.case.ts';

it('asks systemctl', () => {
  const world = programWorld();
  expect(world.call('service multipathd status')).toEqual(
    world.call('systemctl status multipathd'),
  );
  expect(world.call('service multipathd stop')).toEqual({ out: '', err: '', status: 0 });
  expect(world.call('service').status).toBe(1);
});

it.each([
  'service cron stop',
  'service --status-all',
  'service multipathd',
  'service multipathd x',
])('refuses %s by name', (words) => {
  expect(() => programWorld().call(words)).toThrow('not supported');
});
