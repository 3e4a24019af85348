// selector-broken.ts — Ends the run when a selector breaks its contract, and names the selector. The kernel would oops.
import type { PathSelectorType } from './path-selector.ts';

/** The functions of a selector. */
export type SelectorHook = Exclude<
  keyof PathSelectorType,
  'name' | 'moduleVersion' | 'tableArgs' | 'infoArgs'
>;

export interface BrokenOptions extends ErrorOptions {
  readonly hook: SelectorHook;
}

/** The fault lies in the selector that the message names, not in the simulator. */
export class SelectorBroken extends Error {
  override readonly name = 'SelectorBroken';
  readonly selector: string;
  readonly hook: SelectorHook;

  constructor(selector: string, what: string, { hook, ...options }: BrokenOptions) {
    super(`path selector ${selector}: ${what}`, options);
    this.selector = selector;
    this.hook = hook;
  }
}
