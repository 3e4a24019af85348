// run-options.ts — What the options of sed(1) ask of a run.

export interface RunOptions {
  readonly names: readonly string[];
  readonly quiet: boolean;
  readonly separate: boolean;
  /** Of the copy that -i keeps; undefined without -i. */
  readonly suffix: string | undefined;
  readonly delimiter: string;
  readonly unbuffered: boolean;
}
