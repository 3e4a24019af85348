// not-supported.ts — Ends a lab that uses something the simulator lacks, so that it never gets a wrong result.

/**
 * The script uses something that the simulator lacks. It is thrown while the script is parsed if it can be seen there, else
 * while it runs. `message` is the line to print; the lab's exit status is 125.
 */
export class NotSupported extends Error {
  override readonly name = 'NotSupported';
  /** The script, or the part of the system that lacks it. */
  readonly file: string;
  /** The line of the script; 0 if the part of the system has none. */
  readonly line: number;
  readonly what: string;
  constructor(file: string, line: number, what: string) {
    super(`${file}${line > 0 ? `:${line}` : ''}: not supported: ${what}`);
    this.file = file;
    this.line = line;
    this.what = what;
  }
}
