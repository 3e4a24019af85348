// not-supported.ts — What bash has and this has not ends the lab: it is never a wrong result.

/**
 * The script uses something that the simulator's bash has not. Thrown where a script is parsed when it can be seen there,
 * else out of the simulation's run. `message` is the line to print; the lab's exit status is 125.
 */
export class NotSupported extends Error {
  override readonly name = 'NotSupported';
  readonly file: string;
  readonly line: number;
  readonly what: string;
  constructor(file: string, line: number, what: string) {
    super(`${file}:${line}: not supported: ${what}`);
    this.file = file;
    this.line = line;
    this.what = what;
  }
}
