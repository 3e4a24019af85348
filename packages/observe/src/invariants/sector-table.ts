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

  set(sector: number, value: T): void {
    const number = Math.floor(sector / PIECE);
    if (number !== this.#number) this.#find(number);
    this.#piece ??= this.#add(number);
    this.#piece[sector % PIECE] = value;
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
