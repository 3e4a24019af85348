// steps.ts — Steps to the next or the previous row of a kind.
import type { Row } from '../model/rows.ts';

/** Returns `nth` of the next row after an instant, or of the last one before it, that `wanted` accepts; null if there is none. */
export function nextRow(
  rows: readonly Row[],
  nth: number,
  { back = false, wanted }: { readonly back?: boolean; readonly wanted: (row: Row) => boolean },
): number | null {
  if (back) {
    for (let i = rows.length - 1; i >= 0; i--) {
      const row = rows[i] as Row;
      if (row.nth < nth && wanted(row)) return row.nth;
    }
    return null;
  }
  for (const row of rows) if (row.nth > nth && wanted(row)) return row.nth;
  return null;
}
