// plugin-broken.ts — Ends the run when a user's checker or prioritizer breaks its contract, and names it. The real daemon would crash.

export type PluginKind = 'checker' | 'prioritizer';

export const KIND_NAMES: Readonly<Record<PluginKind, string>> = {
  checker: 'path checker',
  prioritizer: 'prioritizer',
};

/** The one function of each. */
export const HOOKS: Readonly<Record<PluginKind, 'check' | 'priority'>> = {
  checker: 'check',
  prioritizer: 'priority',
};

/** The fault lies in the plugin that the message names, not in the simulator. */
export class PluginBroken extends Error {
  override readonly name = 'PluginBroken';
  readonly kind: PluginKind;
  readonly plugin: string;

  constructor(kind: PluginKind, plugin: string, what: string, options?: ErrorOptions) {
    super(`${KIND_NAMES[kind]} ${plugin}: ${HOOKS[kind]} ${what}`, options);
    this.kind = kind;
    this.plugin = plugin;
  }
}
