// slice.ts — `${x:offset:length}`, of a text and of a list.

/** Returns undefined if a negative length ends before the offset. */
export function sliceText(
  text: string,
  offset: number,
  count: number | undefined,
): string | undefined {
  const { length } = text;
  const start = offset < 0 ? length + offset : offset;
  if (start < 0 || start > length) return '';
  const end = endOf(start, length, count);
  if (end < start) return undefined;
  return text.slice(start, end);
}

function endOf(start: number, length: number, count: number | undefined): number {
  if (count === undefined) return length;
  return count < 0 ? length + count : Math.min(start + count, length);
}

/** Returns the elements of an array that are set. */
export const presentOf = (list: readonly string[]): string[] => Object.values(list);

/** In an array with holes, the offset is an index, and the length counts only elements that are set. */
export function sliceList(
  list: readonly string[],
  offset: number,
  count: number | undefined,
): string[] {
  const start = offset < 0 ? list.length + offset : offset;
  if (start < 0) return [];
  const found = presentOf(list.slice(start));
  return count === undefined ? found : found.slice(0, count);
}
