// page-span.ts — The pages that a range of bytes touches, and those of them that are in memory.
import type { Page, PageCache } from './page-cache.ts';

const PAGE = 4096;

/** Pages `first … last`. */
export interface PageSpan {
  readonly first: number;
  readonly last: number;
}

export const EVERY_PAGE: PageSpan = { first: 0, last: Infinity };

export const spanOf = (offset: number, length: number): PageSpan => ({
  first: Math.floor(offset / PAGE),
  last: Math.ceil((offset + length) / PAGE) - 1,
});

export interface CachedPage {
  readonly index: number;
  readonly page: Page;
}

/** The pages of the span that are in memory, in the order of the disk. */
export function pagesIn({ pages }: PageCache, { first, last }: PageSpan): CachedPage[] {
  const found: CachedPage[] = [];
  if (last - first < pages.size) {
    for (let index = first; index <= last; index++) {
      const page = pages.get(index);
      if (page !== undefined) found.push({ index, page });
    }
    return found;
  }
  for (const [index, page] of pages)
    if (index >= first && index <= last) found.push({ index, page });
  return found.toSorted((a, b) => a.index - b.index);
}
