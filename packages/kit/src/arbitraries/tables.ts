// tables.ts — Tables of every kind over the four paths.
import * as fc from 'fast-check';

import type { MultipathTable, OwnSelector, OwnTable, Selector, Table } from '../schedule.ts';
import { PATHS } from '../schedule.ts';

export type QueueMode = MultipathTable['mode'];

const SELECTORS: readonly Selector[] = [
  'round-robin',
  'queue-length',
  'service-time',
  'historical-service-time',
  'io-affinity',
];

const somePaths = fc.uniqueArray(fc.nat({ max: PATHS - 1 }), { minLength: 1, maxLength: PATHS });

/** With io-affinity one path a group: the machine has one CPU, and a second path that asks for it is an error. */
const fitting = (selector: Selector, paths: readonly number[][]): readonly number[][] =>
  selector === 'io-affinity' ? paths.map((group) => group.slice(0, 1)) : paths;

/** One group or two; with the first path in front it shrinks to a map of that path alone. */
const groups = fc
  .tuple(somePaths, fc.nat({ max: PATHS - 1 }))
  .map(([paths, split]) =>
    split > 0 && split < paths.length ? [paths.slice(0, split), paths.slice(split)] : [paths],
  );

/** With `own` all have that selector. */
export const multipathTable = (
  mode: QueueMode,
  queueIfNoPath: fc.Arbitrary<boolean>,
  own?: OwnSelector,
): fc.Arbitrary<MultipathTable> =>
  fc
    .tuple(queueIfNoPath, own === undefined ? fc.constantFrom(...SELECTORS) : ANY_OTHER, groups)
    .map(([queue, selector, paths]) =>
      withSelector(own, {
        type: 'multipath',
        mode,
        queueIfNoPath: queue,
        selector,
        groups: fitting(selector, paths),
      }),
    );

const withSelector = (own: OwnSelector | undefined, table: MultipathTable): MultipathTable =>
  own === undefined ? table : { ...table, ownSelector: own };

const ANY_OTHER: fc.Arbitrary<Selector> = fc.constant('round-robin');

/** A linear table over the devices of one or two of the paths, the whole map in one part or in two halves. */
export const linearTable: fc.Arbitrary<Table> = fc
  .tuple(fc.nat({ max: PATHS - 1 }), fc.nat({ max: PATHS - 1 }), fc.boolean())
  .map(([a, b, two]) => ({ type: 'linear', parts: two ? [a, b] : [a] }));

/** A striped table over the devices of two different paths. */
export const stripedTable: fc.Arbitrary<Table> = fc
  .uniqueArray(fc.nat({ max: PATHS - 1 }), { minLength: 2, maxLength: 2 })
  .map((stripes) => ({ type: 'striped', stripes }));

/** Multipath in `mode` mostly; with `bio` also what is no multipath, which a map may be, but not become. */
export function anyTable(
  mode: QueueMode,
  queueIfNoPath: fc.Arbitrary<boolean>,
  own?: OwnSelector,
): fc.Arbitrary<Table> {
  const multipath = multipathTable(mode, queueIfNoPath, own);
  if (mode === 'rq') return multipath;
  return fc.oneof(
    { arbitrary: multipath, weight: 8 },
    { arbitrary: linearTable, weight: 1 },
    { arbitrary: stripedTable, weight: 1 },
  );
}

/** `own` on any path: its `$0` to `$3` are moved on together. */
export const ownTable = (own: OwnTable): fc.Arbitrary<Table> =>
  fc.nat({ max: PATHS - 1 }).map((by) => onPathsAfter(own, by));

/** The same table with each path replaced by the one that many places after it; the first follows the last. */
export const onPathsAfter = (own: OwnTable, by: number): OwnTable => ({
  ...own,
  params: own.params.replaceAll(/\$([0-3])/g, (_, path) => `$${(Number(path) + by) % PATHS}`),
});

/** Tables that take the place of `own`: itself mostly, now and then one of Linux's. */
export const replacementTable = (own: OwnTable): fc.Arbitrary<Table> =>
  fc.oneof(
    { arbitrary: ownTable(own), weight: 8 },
    { arbitrary: linearTable, weight: 1 },
    { arbitrary: stripedTable, weight: 1 },
  );
