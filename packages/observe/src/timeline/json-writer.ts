// json-writer.ts — Chrome's trace event format, written as it comes: never more in memory than one event.
// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU

/** One event as the format has it; `ts` in microseconds. */
export interface ChromeEvent {
  readonly ph: 'B' | 'E' | 'X' | 'i' | 'C' | 's' | 'f' | 'M';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly name?: string;
  readonly cat?: string;
  readonly id?: number;
  /** Of an instant: `t` belongs to its track. */
  readonly s?: 't' | 'p';
  /** Of a flow's end: bound to the slice it lies in. */
  readonly bp?: 'e';
  readonly args?: Readonly<Record<string, number | string>>;
}

/** Virtual time in the unit of the format. */
export const toMicros = (ns: number): number => ns / 1e3;

export interface ChromeTraceWriter {
  write(event: ChromeEvent): void;
  /** Ends the array. What was written without it is still readable: the format lets a trace be cut off. */
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
