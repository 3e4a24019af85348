// page-store.ts — The bytes of a file, page by page: a hole takes no memory. Mirrors mm/shmem.c: shmem_get_folio.
import type { Errno } from '@dmsim/sim';

import type { Space } from './space.ts';
import { PAGE_SIZE, UNBOUNDED } from './space.ts';

/** The longest file, in bytes: a JavaScript number counts no further exactly. On Linux the limit is 2^63. */
const MAX_LENGTH = Number.MAX_SAFE_INTEGER;

export class PageStore {
  readonly #pages = new Map<number, Uint8Array>();
  #length = 0;
  #space: Space = UNBOUNDED;
  /** All bytes in one array, which the pages are views of. Made by the first call of `whole`. */
  #whole: Uint8Array | null = null;

  get length(): number {
    return this.#length;
  }

  /** The number of pages that are not holes. */
  get allocated(): number {
    return this.#pages.size;
  }

  /** True if nothing was ever written to the page at that offset. */
  isHole(offset: number): boolean {
    return !this.#pages.has(Math.floor(offset / PAGE_SIZE));
  }

  get space(): Space {
    return this.#space;
  }

  /** Charges the pages to `space` from now on; ENOSPC if they don't fit. */
  moveTo(space: Space): Errno | undefined {
    if (space === this.#space) return undefined;
    if (space.used + this.#pages.size > space.pages) return 'ENOSPC';
    this.#space.used -= this.#pages.size;
    space.used += this.#pages.size;
    this.#space = space;
    return undefined;
  }

  read(offset: number, max: number): Uint8Array {
    const length = Math.max(0, Math.min(max, this.#length - offset));
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const at = (offset + done) % PAGE_SIZE;
      const n = Math.min(PAGE_SIZE - at, length - done);
      const page = this.#pages.get(Math.floor((offset + done) / PAGE_SIZE));
      if (page !== undefined) bytes.set(page.subarray(at, at + n), done);
      done += n;
    }
    return bytes;
  }

  /** Returns how many bytes found room, or an errno if none did. */
  write(offset: number, bytes: Uint8Array): number | Errno {
    if (offset + bytes.length > MAX_LENGTH) return 'EFBIG';
    let done = 0;
    while (done < bytes.length) {
      const at = (offset + done) % PAGE_SIZE;
      const page = this.#pageForWriting(Math.floor((offset + done) / PAGE_SIZE));
      if (page === null) break;
      const part = bytes.subarray(done, done + PAGE_SIZE - at);
      page.set(part, at);
      done += part.length;
    }
    if (done > 0) this.#length = Math.max(this.#length, offset + done);
    return done === 0 && bytes.length > 0 ? 'ENOSPC' : done;
  }

  /** Makes a hole of what lies there; the length stays. */
  punch(offset: number, length: number): void {
    const end = Math.min(offset + length, this.#length);
    for (let at = offset; at < end;) {
      const index = Math.floor(at / PAGE_SIZE);
      const next = Math.min((index + 1) * PAGE_SIZE, end);
      if (next - at === PAGE_SIZE) this.#drop(index);
      else this.#pages.get(index)?.fill(0, at - index * PAGE_SIZE, next - index * PAGE_SIZE);
      at = next;
    }
    this.#whole = null;
  }

  truncate(length: number): Errno | undefined {
    if (length < 0) return 'EINVAL';
    if (length > MAX_LENGTH) return 'EFBIG';
    if (length < this.#length) {
      const kept = Math.ceil(length / PAGE_SIZE);
      for (const index of this.#pages.keys()) if (index >= kept) this.#drop(index);
      if (length % PAGE_SIZE > 0) this.#pages.get(kept - 1)?.fill(0, length % PAGE_SIZE);
      this.#whole = null;
    }
    this.#length = length;
    return undefined;
  }

  /** The whole content as one array, which the caller may change in place until the length changes. */
  whole(): Uint8Array {
    if (this.#whole === null || this.#whole.length < this.#length) this.#makeWhole();
    return (this.#whole as Uint8Array).subarray(0, this.#length);
  }

  #makeWhole(): void {
    const count = Math.ceil(this.#length / PAGE_SIZE);
    const whole = new Uint8Array(count * PAGE_SIZE);
    for (let index = 0; index < count; index++) {
      const page = whole.subarray(index * PAGE_SIZE, (index + 1) * PAGE_SIZE);
      const known = this.#pages.get(index);
      if (known === undefined) this.#space.used++;
      else page.set(known);
      this.#pages.set(index, page);
    }
    this.#whole = whole;
  }

  #pageForWriting(index: number): Uint8Array | null {
    const known = this.#pages.get(index);
    if (known !== undefined) return known;
    if (this.#space.used >= this.#space.pages) return null;
    this.#space.used++;
    const page = new Uint8Array(PAGE_SIZE);
    this.#pages.set(index, page);
    return page;
  }

  #drop(index: number): void {
    this.#pages.delete(index);
    this.#space.used--;
  }
}
