// exhibit.ts — A bug that dm had, or that its design of 2006 was made to avoid: the patch that brings it back, and what catches it.

export interface Exhibit {
  /** Says what goes wrong, as a part of a sentence: "when …". */
  readonly title: string;
  /** The kernel's commit, or where it was reported. */
  readonly source: string;
  /** The story, in up to five lines. */
  readonly story: readonly string[];
  /** Below `packages/`. */
  readonly file: string;
  /** The text that is replaced; it must be there once; white space and kinds of quotes don't matter. */
  readonly replace: string;
  /** The text that takes its place. */
  readonly by: string;
  /**
   * The functions that `by` calls and `file` does not import, and the file below `packages/` that declares each: `after` for what
   * another processor would do some microseconds later.
   */
  readonly calls?: Readonly<Record<string, string>>;
  /** How dm treats I/O that is given back. @defaultValue 'deferred-head' */
  readonly requeue?: 'deferred-head' | 'pushback';
  /** It takes a virtual machine above the map. @defaultValue false */
  readonly guest?: boolean;
  /** The machine's disk is an image above the map (`ScheduleOptions.overlay`). @defaultValue false */
  readonly overlay?: boolean;
  /** The guest discards (`ScheduleOptions.discards`). @defaultValue false */
  readonly discards?: boolean;
  /** The verdict begins with it: the invariant's name, `hung` or `limit`. */
  readonly breaks: string;
  /** No order of what is due at one instant finds it: it takes slack. @defaultValue false */
  readonly takesSlack?: boolean;
  /** It takes hundreds of runs, or long ones. @defaultValue false */
  readonly rare?: boolean;
}
