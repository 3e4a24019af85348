import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { SectorTable } from '../../packages/observe/src/invariants/sector-table.ts';

const SECTORS = [0, 1, 63, 64, 65, 127, 128, 5000, 2 ** 33];

const operation = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    sector: fc.constantFrom(...SECTORS),
    value: fc.nat(5),
  }),
  fc.record({ kind: fc.constant('drop' as const), value: fc.nat(5) }),
);

test('a table of sectors holds what a map from sectors would', () => {
  fc.assert(
    fc.property(fc.array(operation), (operations) => {
      const table = new SectorTable<number>();
      const map = new Map<number, number>();
      for (const op of operations) {
        if (op.kind === 'set') {
          table.set(op.sector, op.value);
          map.set(op.sector, op.value);
        } else {
          table.replaceAll((value) => (value === op.value ? undefined : value));
          for (const [sector, value] of map) if (value === op.value) map.delete(sector);
        }
        for (const sector of SECTORS) expect(table.get(sector)).toBe(map.get(sector));
      }
    }),
  );
});
