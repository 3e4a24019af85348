// selector-broken.ts — A selector that breaks its contract ends the run by its name. The kernel would oops.

/** Not a fault of the simulator, but of the selector named in the message. */
export class SelectorBroken extends Error {
  override readonly name = 'SelectorBroken';
  readonly selector: string;

  constructor(selector: string, what: string, options?: ErrorOptions) {
    super(`path selector ${selector}: ${what}`, options);
    this.selector = selector;
  }
}
