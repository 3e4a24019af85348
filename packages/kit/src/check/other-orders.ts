// other-orders.ts — Smaller schedules than one that fails, under other orders. A command less moves every choice after it, so the choices that failed before may say nothing of what is left.
import { fewerCommands } from '../arbitraries/shrink-schedule.ts';
import type { Schedule } from '../schedule.ts';
import type { Order } from './order.ts';

/** Random orders that each smaller schedule is tried with, after fifo. */
const ORDERS = 4;
/** Runs that a search spends on all of them. */
const MAX_TRIES = 1000;

/** Runs a schedule; true if it fails in the way that is looked for, and then its choices are in `order`. False, too, when enough runs have been made. */
export type Try = (schedule: Schedule, order: Order) => boolean;

export function startTries(fails: Try): Try {
  let tries = 0;
  return (schedule, order) => tries++ < MAX_TRIES && fails(schedule, order);
}

/** A schedule of fewer commands that fails, and the choices under which it does; null: none was found. */
export function fewerUnderOtherOrders(
  schedule: Schedule,
  fails: Try,
): [schedule: Schedule, order: Order] | null {
  for (const commands of fewerCommands(schedule.commands)) {
    const fewer = { ...schedule, commands };
    for (const order of someOrders()) {
      if (fails(fewer, order)) return [fewer, { seed: null, choices: order.choices }];
    }
  }
  return null;
}

function* someOrders(): IterableIterator<Order> {
  yield { seed: null, choices: [] };
  for (let seed = 1; seed <= ORDERS; seed++) yield { seed, choices: [] };
}
