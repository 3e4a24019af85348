// load-plugins.ts — --selector, --target, --checker, --prioritizer and --invariant FILE: loads the user's plugins from ES modules.
import type { Drive, UserInvariant, UserPlugin, UserSelector, UserTarget } from '@dmsim/host';
import { invariantsOf, pluginsOf, targetsOf } from '@dmsim/host';

import { Refusal } from '../refusal.ts';
import { driveWatched } from '../run/drive-watched.ts';
import { endingInTime } from './ending-in-time.ts';
import type { SelectorSource, SourceOptions } from './load-selectors.ts';
import { importModules, importSelectors, lineFinder, selectorSources } from './load-selectors.ts';

const KINDS = ['selector', 'target', 'checker', 'prioritizer', 'invariant'] as const;

type Kind = (typeof KINDS)[number];

/** The files that each option names, as the command line has them. */
export type UserFiles = { readonly [K in Kind]?: readonly string[] | undefined };

/** A file and its module, which another thread or machine can import. */
export interface UserSource extends SelectorSource {
  readonly kind: Kind;
}

/** The exports of the modules. */
export interface UserCode {
  readonly selectors: readonly UserSelector[];
  readonly targets: readonly UserTarget[];
  readonly plugins: readonly UserPlugin[];
  readonly invariants: readonly UserInvariant[];
}

/** `--selector mine.ts`: each file after its option. */
export const optionsOfFiles = (files: UserFiles): readonly (readonly [Kind, string])[] =>
  KINDS.flatMap((kind) => (files[kind] ?? []).map((file) => [kind, file] as const));

export async function userSources(
  files: UserFiles,
  options: SourceOptions = {},
): Promise<readonly UserSource[]> {
  const named = optionsOfFiles(files);
  const [nameless] = named.find(([, file]) => file === '') ?? [];
  if (nameless !== undefined) throw new Refusal(`--${nameless} takes a file, not an empty name`);
  const sources = await selectorSources(
    named.map(([, file]) => file),
    options,
  );
  return sources.map(({ file, url }, i) => {
    const [kind] = named[i] as readonly [Kind, string];
    return { kind, file, url };
  });
}

/** As `importUserCode`, for runs that nothing else watches: with it comes what breaks off a hook that never returns. */
export async function importWatchedCode(
  sources: readonly UserSource[],
): Promise<UserCode & { readonly drive?: Drive }> {
  const code = await importUserCode(sources);
  return sources.length === 0 ? code : { ...code, drive: driveWatched() };
}

/** In the order of the files; messages name a file as the user did. */
export async function importUserCode(sources: readonly UserSource[]): Promise<UserCode> {
  const selectors = await importSelectors(sources.filter(({ kind }) => kind === 'selector'));
  const others = sources.filter(({ kind }) => kind !== 'selector');
  const modules = await importModules(others);
  const plugins: UserPlugin[] = [];
  const targets: UserTarget[] = [];
  const invariants: UserInvariant[] = [];
  for (const [i, { kind, file }] of others.entries()) {
    const exports = modules[i] ?? {};
    if (kind === 'target') addAll(targets, targetsOf(exports, file, targets));
    else if (kind === 'invariant') addAll(invariants, invariantsOf(exports, file, invariants));
    else addAll(plugins, pluginsOf(kind as UserPlugin['kind'], exports, file, plugins));
  }
  return { selectors, targets, plugins, invariants: invariants.map(endInTime) };
}

const endInTime = (invariant: UserInvariant): UserInvariant => ({
  ...invariant,
  type: endingInTime(invariant.type),
});

type Found = Pick<UserTarget, 'file' | 'lineOf'>;

function addAll<Code extends Found>(to: Code[], found: readonly Code[] | string): void {
  if (typeof found === 'string') throw new Refusal(found);
  for (const code of found) to.push({ ...code, lineOf: lineFinder(code.file) });
}
