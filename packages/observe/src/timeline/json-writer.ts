// json-writer.ts — Writes Chrome's trace event format as events come, with at most one event in memory.
// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU

/** One event of the format; `ts` is in microseconds. */
export interface ChromeEvent {
  readonly ph: 'B' | 'E' | 'X' | 'i' | 'C' | 's' | 'f' | 'M';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly name?: string;
  readonly cat?: string;
  readonly id?: number;
  /** The scope of an instant: `t` belongs to its track. */
  readonly s?: 't' | 'p';
  /** Binds the end of a flow to the slice it lies in. */
  readonly bp?: 'e';
  readonly args?: Readonly<Record<string, number | string>>;
}

/** Virtual time in the unit of the format. */
export const toMicros = (ns: number): number => ns / 1e3;

export interface ChromeTraceWriter {
  write(event: ChromeEvent): void;
  /** Ends the array. A trace that is cut off before is still readable, as the format allows. */
  finish(): void;
}

/** `append` gets pieces of text in order. */
export function createChromeTraceWriter(append: (text: string) => void): ChromeTraceWriter {
  let separator = '[\n';
  return {
    write(event) {
      // A string of JSON needs no more escaping than this; undefined members are left out.
      append(separator + JSON.stringify(event));
      separator = ',\n';
    },
    finish() {
      append(separator === '[\n' ? '[]\n' : '\n]\n');
    },
  };
}
