// store.ts — The contents of a medium, in pages that are made when they are first written.
const PAGE_SECTORS = 8;
const SECTOR = 512;
const PAGE = PAGE_SECTORS * SECTOR;

/** Sectors never written read as zeroes. */
export interface Store {
  readonly pages: Map<number, Uint8Array>;
}

export const createStore = (): Store => ({ pages: new Map() });

/** Pages of stores that are done with, all zeroes. */
const SPARE: Uint8Array[] = [];
/** 4 MiB. */
const MAX_SPARE = 1024;

/** Called when the store is not used any more: the next one may take its pages. */
export function releaseStore({ pages }: Store): void {
  for (const bytes of pages.values()) {
    if (SPARE.length === MAX_SPARE) break;
    bytes.fill(0);
    SPARE.push(bytes);
  }
  pages.clear();
}

/** Copies `nrSectors` from `sector` into `to` at `offset`. */
// oxlint-disable-next-line max-params -- once per I/O: no object for it
export function readStore(
  store: Store,
  sector: number,
  nrSectors: number,
  to: Uint8Array,
  offset: number,
): void {
  const end = offset + nrSectors * SECTOR;
  let at = sector * SECTOR;
  for (let target = offset; target < end;) {
    const from = at % PAGE;
    const length = Math.min(PAGE - from, end - target);
    const bytes = store.pages.get(Math.floor(at / PAGE));
    if (bytes === undefined) to.fill(0, target, target + length);
    else to.set(part(bytes, from, length), target);
    at += length;
    target += length;
  }
}

// oxlint-disable-next-line max-params -- as above
export function writeStore(
  store: Store,
  sector: number,
  nrSectors: number,
  data: Uint8Array,
  offset: number,
): void {
  const end = offset + nrSectors * SECTOR;
  let at = sector * SECTOR;
  for (let source = offset; source < end;) {
    const to = at % PAGE;
    const length = Math.min(PAGE - to, end - source);
    pageOf(store, Math.floor(at / PAGE)).set(part(data, source, length), to);
    at += length;
    source += length;
  }
}

const part = (bytes: Uint8Array, from: number, length: number): Uint8Array =>
  length === bytes.length ? bytes : bytes.subarray(from, from + length);

const BLANK: Uint8Array = new Uint8Array(SECTOR);

/** Returns the bytes of `nrSectors` from `sector`, to be read only. */
export function peekStore(store: Store, sector: number, nrSectors: number): Uint8Array {
  if (nrSectors === 1 && !store.pages.has(Math.floor(sector / PAGE_SECTORS))) return BLANK;
  const bytes = new Uint8Array(nrSectors * SECTOR);
  readStore(store, sector, nrSectors, bytes, 0);
  return bytes;
}

/** Costs no more than there are pages in the range, nor than there are in the store: a thin disk may be much larger than what is on it. */
export function zeroStore(store: Store, sector: number, nrSectors: number): void {
  const from = sector * SECTOR;
  const end = from + nrSectors * SECTOR;
  const first = Math.floor(from / PAGE);
  const last = Math.ceil(end / PAGE) - 1;
  if (last - first < store.pages.size) {
    for (let page = first; page <= last; page++) zeroPage(store, page, from, end);
  } else {
    for (const page of store.pages.keys())
      if (page >= first && page <= last) zeroPage(store, page, from, end);
  }
}

/** Zeroes the bytes of the page that lie in `from … end-1`; a page without others goes. */
function zeroPage({ pages }: Store, page: number, from: number, end: number): void {
  const start = Math.max(from - page * PAGE, 0);
  const stop = Math.min(end - page * PAGE, PAGE);
  if (stop - start === PAGE) pages.delete(page);
  else pages.get(page)?.fill(0, start, stop);
}

function pageOf(store: Store, page: number): Uint8Array {
  let bytes = store.pages.get(page);
  if (bytes === undefined) {
    bytes = SPARE.pop() ?? new Uint8Array(PAGE);
    store.pages.set(page, bytes);
  }
  return bytes;
}
