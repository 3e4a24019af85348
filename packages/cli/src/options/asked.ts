// asked.ts — `--help` or `--version` stood among a command's options: main.ts shows it and nothing is run.

export class Asked extends Error {
  override readonly name = 'Asked';
  readonly what: 'help' | 'version';

  constructor(what: 'help' | 'version') {
    super(what);
    this.what = what;
  }
}
