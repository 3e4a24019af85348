// sector-table.ts — A value for each sector, in pieces that are made when they are first written to.
const PIECE = 64;
const EMPTY: readonly undefined[] = Array.from({ length: PIECE }, () => undefined);

export class SectorTable<T> {
  readonly #pieces: Map<number, (T | undefined)[]> = new Map();
  /** The piece used last: sectors come one after another. */
  #number = -1;
  #piece: (T | undefined)[] | undefined;

  get(sector: number): T | undefined {
    const number = Math.floor(sector / PIECE);
    if (number !== this.#number) this.#find(number);
    return this.#piece === undefined ? undefined : this.#piece[sector % PIECE];
  }

  /** Replaces the values from `from` to before `end`. Neighbours that have the same value get the same: `replace` is called once for them. */
  replaceRange(from: number, end: number, replace: (value: T | undefined) => T): void {
    let before: T | undefined;
    let after: T | undefined;
    for (let sector = from; sector < end;) {
      const number = Math.floor(sector / PIECE);
      if (number !== this.#number) this.#find(number);
      const piece = (this.#piece ??= this.#add(number));
      const start = number * PIECE;
      const last = Math.min(end - start, PIECE);
      for (let i = sector - start; i < last; i++) {
        const value = piece[i];
        if (after === undefined || value !== before) after = replace(value);
        before = value;
        piece[i] = after;
      }
      sector = start + PIECE;
    }
  }

  /** Replaces every value; undefined: the sector has none any more. Pieces that have none left go. */
  replaceAll(replace: (value: T) => T | undefined): void {
    for (const [number, piece] of this.#pieces) {
      let left = 0;
      for (const [i, value] of piece.entries()) {
        if (value === undefined) continue;
        const next = replace(value);
        piece[i] = next;
        if (next !== undefined) left++;
      }
      if (left === 0) this.#pieces.delete(number);
    }
    this.#number = -1;
  }

  #find(number: number): void {
    this.#number = number;
    this.#piece = this.#pieces.get(number);
  }

  #add(number: number): (T | undefined)[] {
    const piece: (T | undefined)[] = EMPTY.slice();
    this.#pieces.set(number, piece);
    return piece;
  }
}
