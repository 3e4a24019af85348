import { expect, it } from 'vitest';

import type { Command, Schedule } from '../schedule.ts';
import { fewerUnderOtherOrders, startTries } from './other-orders.ts';

const flush: Command = { kind: 'flush' };
const clear: Command = { kind: 'clear' };
const scheduleOf = (...commands: Command[]): Schedule => ({
  stacked: false,
  table: { type: 'linear', parts: [0] },
  commands,
});
const has = ({ commands }: Schedule, kind: Command['kind']): boolean =>
  commands.some((command) => command.kind === kind);

it('leaves a command out that only other choices can do without', () => {
  const found = fewerUnderOtherOrders(scheduleOf(clear, flush, clear), (schedule, order) => {
    order.choices = [0, 1];
    return has(schedule, 'flush') && order.seed === 2;
  });
  expect(found?.[0].commands.length).toBeLessThan(3);
  expect(found?.[0].commands).toContain(flush);
  expect(found?.[1]).toEqual({ seed: null, choices: [0, 1] });
});

it('finds nothing where each command is needed', () => {
  const both = ({ commands }: Schedule): boolean => commands.length === 2;
  expect(fewerUnderOtherOrders(scheduleOf(flush, clear), both)).toBeNull();
});

it('spends a thousand runs at most', () => {
  let runs = 0;
  const fails = startTries(() => {
    runs++;
    return false;
  });
  const commands = Array.from({ length: 100 }, () => flush);
  fewerUnderOtherOrders(scheduleOf(...commands), fails);
  fewerUnderOtherOrders(scheduleOf(...commands), fails);
  expect(runs).toBe(1000);
});
