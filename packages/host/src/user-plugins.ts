// user-plugins.ts — Takes the user's path checkers and prioritizers from a module's exports, and gives them to multipath-tools.
import type {
  MultipathHost,
  PluginBroken,
  PluginKind,
  UserChecker,
  UserPrioritizer,
} from '@dmsim/multipathd';
import {
  checkerFault,
  CHECKERS,
  guardChecker,
  guardPrioritizer,
  HOOKS,
  isMeantAsChecker,
  isMeantAsPrioritizer,
  KIND_NAMES,
  prioritizerFault,
  PRIORITIZERS,
} from '@dmsim/multipathd';
import type { Sim } from '@dmsim/sim';

import { codeInExports } from './code-in-exports.ts';
import type { Machine } from './machine.ts';

export type UserPlugin = (
  | { readonly kind: 'checker'; readonly type: UserChecker }
  | { readonly kind: 'prioritizer'; readonly type: UserPrioritizer }
) & {
  /** The file it comes from, for messages. */
  readonly file: string;
  /** The line of the file that a message should name: where `cause` was thrown, else where the function is. */
  readonly lineOf?: (hook: string, cause: unknown) => number | undefined;
};

interface KindRules {
  readonly isMeant: (value: unknown) => boolean;
  readonly fault: (value: object) => string | undefined;
  /** The names that multipath-tools has taken. */
  readonly taken: readonly string[];
}

const RULES: Readonly<Record<PluginKind, KindRules>> = {
  checker: {
    isMeant: isMeantAsChecker,
    fault: checkerFault,
    taken: CHECKERS.map(({ name }) => name),
  },
  prioritizer: {
    isMeant: isMeantAsPrioritizer,
    fault: prioritizerFault,
    taken: PRIORITIZERS.map(({ name }) => name),
  },
};

/** The plugins of one kind among a module's exports, or a text that says what is wrong. */
export function pluginsOf(
  kind: PluginKind,
  exports: Readonly<Record<string, unknown>>,
  file: string,
  others: readonly UserPlugin[] = [],
): readonly UserPlugin[] | string {
  const { isMeant, fault, taken } = RULES[kind];
  const found = codeInExports<UserPlugin['type']>(
    { what: KIND_NAMES[kind], parts: `name and ${HOOKS[kind]}`, isMeant, fault },
    exports,
    {
      file,
      taken: [
        ...Array.from(taken, (name) => ({ name })),
        ...others.filter((other) => other.kind === kind).map(({ type }) => type),
      ],
    },
  );
  if (typeof found === 'string') return found;
  return found.map((type) => ({ kind, type, file }) as UserPlugin);
}

/** The plugin whose function is being called. If it never returns, the watchdog names it. */
export interface RunningPlugin {
  plugin: UserPlugin | null;
}

export function guardPlugins(
  sim: Sim,
  plugins: readonly UserPlugin[],
  running: RunningPlugin,
): MultipathHost['plugins'] {
  const onStep =
    (plugin: UserPlugin) =>
    (runs: boolean): void => {
      running.plugin = runs ? plugin : null;
    };
  return {
    checkers: plugins.flatMap((plugin) =>
      plugin.kind === 'checker' ? [guardChecker(sim, plugin.type, onStep(plugin))] : [],
    ),
    prioritizers: plugins.flatMap((plugin) =>
      plugin.kind === 'prioritizer' ? [guardPrioritizer(sim, plugin.type, onStep(plugin))] : [],
    ),
  };
}

/** `mine.ts:12: ` */
function place({ kind, file, lineOf }: UserPlugin, cause?: unknown): string {
  const line = lineOf?.(HOOKS[kind], cause);
  return `${file}${line === undefined ? '' : `:${line}`}: `;
}

/** `mine.ts:12: path checker mine: check` */
export const placeOfPlugin = (plugin: UserPlugin): string =>
  `${place(plugin)}${KIND_NAMES[plugin.kind]} ${plugin.type.name}: ${HOOKS[plugin.kind]}`;

/** The message about a plugin that broke its contract. */
export function blamePlugin({ userPlugins }: Machine, error: PluginBroken): string {
  const plugin = userPlugins.find(
    ({ kind, type }) => kind === error.kind && type.name === error.plugin,
  );
  return `${plugin === undefined ? '' : place(plugin, error.cause)}${error.message}`;
}
