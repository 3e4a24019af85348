// run-options.ts — The options of a run of sed(1).

export interface RunOptions {
  readonly names: readonly string[];
  readonly quiet: boolean;
  readonly separate: boolean;
  /** The suffix of the copy that -i keeps; undefined without -i. */
  readonly suffix: string | undefined;
  readonly delimiter: string;
  readonly unbuffered: boolean;
}
