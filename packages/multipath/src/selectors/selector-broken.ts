// selector-broken.ts — Ends the run when a selector breaks its contract, and names the selector. The kernel would oops.

/** The fault lies in the selector that the message names, not in the simulator. */
export class SelectorBroken extends Error {
  override readonly name = 'SelectorBroken';
  readonly selector: string;

  constructor(selector: string, what: string, options?: ErrorOptions) {
    super(`path selector ${selector}: ${what}`, options);
    this.selector = selector;
  }
}
