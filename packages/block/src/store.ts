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
  forEachPage(sector, nrSectors, (page, from, length, at) => {
    const bytes = store.pages.get(page);
    const target = offset + at;
    if (bytes === undefined) to.fill(0, target, target + length);
    else to.set(bytes.subarray(from, from + length), target);
  });
}

// oxlint-disable-next-line max-params -- as above
export function writeStore(
  store: Store,
  sector: number,
  nrSectors: number,
  data: Uint8Array,
  offset: number,
): void {
  forEachPage(sector, nrSectors, (page, from, length, at) => {
    pageOf(store, page).set(data.subarray(offset + at, offset + at + length), from);
  });
}

/** Returns the bytes of `nrSectors` from `sector`. */
export function peekStore(store: Store, sector: number, nrSectors: number): Uint8Array {
  const bytes = new Uint8Array(nrSectors * SECTOR);
  readStore(store, sector, nrSectors, bytes, 0);
  return bytes;
}

export function zeroStore(store: Store, sector: number, nrSectors: number): void {
  forEachPage(sector, nrSectors, (page, from, length) => {
    if (length === PAGE) store.pages.delete(page);
    else store.pages.get(page)?.fill(0, from, from + length);
  });
}

function pageOf(store: Store, page: number): Uint8Array {
  let bytes = store.pages.get(page);
  if (bytes === undefined) {
    bytes = SPARE.pop() ?? new Uint8Array(PAGE);
    store.pages.set(page, bytes);
  }
  return bytes;
}

/** Calls with the page, the first byte and the length within it, and how many bytes came before. */
function forEachPage(
  sector: number,
  nrSectors: number,
  fn: (page: number, from: number, length: number, at: number) => void,
): void {
  const start = sector * SECTOR;
  const end = start + nrSectors * SECTOR;
  for (let at = start; at < end;) {
    const from = at % PAGE;
    const length = Math.min(PAGE - from, end - at);
    fn(Math.floor(at / PAGE), from, length, at - start);
    at += length;
  }
}
