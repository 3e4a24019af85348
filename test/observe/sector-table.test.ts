import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { SectorTable } from '../../packages/observe/src/invariants/sector-table.ts';

const SECTORS = [0, 1, 63, 64, 65, 127, 128, 5000, 2 ** 33];

const operation = fc.oneof(
  fc.record({
    kind: fc.constant('add' as const),
    sector: fc.constantFrom(...SECTORS),
    count: fc.constantFrom(1, 2, 64, 130),
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
        if (op.kind === 'add') {
          const end = op.sector + op.count;
          const sum = (value: number | undefined): number => ((value ?? 2) + op.value) % 6;
          table.replaceRange(op.sector, end, sum);
          for (let sector = op.sector; sector < end; sector++)
            map.set(sector, sum(map.get(sector)));
        } else {
          table.replaceAll((value) => (value === op.value ? undefined : value));
          for (const [sector, value] of map) if (value === op.value) map.delete(sector);
        }
        for (const sector of SECTORS) expect(table.get(sector)).toBe(map.get(sector));
      }
    }),
  );
});
