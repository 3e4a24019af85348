// command.ts — The record that each subcommand of dmsim fills at the bottom of its own file. commands.ts lists them.

export interface Command {
  /** As it is typed: `run`. */
  readonly name: string;
  /** The words after `dmsim NAME` in `dmsim --help`: `[OPTION]... LAB [ARGUMENT]...`. */
  readonly operands: string;
  /** Its purpose in a few words, for the same line. */
  readonly summary: string;
  /** The page of `dmsim NAME --help`: usage, options, examples, exit status. */
  readonly help: string;
  /** Gets what follows its name, without `--help` and `--version`. Returns the exit status, or throws a `Refusal`. */
  run(argv: readonly string[]): number | Promise<number>;
}
