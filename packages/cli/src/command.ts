// command.ts — What a subcommand of dmsim is. Each fills this record at the bottom of its own file; commands.ts lists them.

export interface Command {
  /** As it is typed: `run`. */
  readonly name: string;
  /** What follows `dmsim NAME` on its line of `dmsim --help`: `[OPTION]... LAB [ARGUMENT]...`. */
  readonly operands: string;
  /** What it does, in a few words, for the same line. */
  readonly summary: string;
  /** The page of `dmsim NAME --help`: usage, options, examples, exit status. */
  readonly help: string;
  /** Gets what follows its name, without `--help` and `--version`. Returns the exit status, or throws a `Refusal`. */
  run(argv: readonly string[]): number | Promise<number>;
}
