// asked.ts — Thrown for `--help` or `--version` among a command's options: main.ts shows the page, and nothing runs.

export class Asked extends Error {
  override readonly name = 'Asked';
  readonly what: 'help' | 'version';

  constructor(what: 'help' | 'version') {
    super(what);
    this.what = what;
  }
}
