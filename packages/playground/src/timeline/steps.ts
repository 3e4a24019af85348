// steps.ts — Steps from row to row: to the next or the last one of a kind.
import type { Row } from '../model/rows.ts';

/** `nth` of the next row after (or the last one before) an instant that `wanted` accepts; null when there is none. */
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
