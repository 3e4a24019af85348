// load-selectors.ts — --selector FILE: loads path selectors from the user's ES modules.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { UserSelector } from '@dmsim/host';
import { selectorsOf } from '@dmsim/host';

import { EXIT } from '../exit-status.ts';
import { say } from '../process/standard-streams.ts';
import { announceLoading } from '../process/supervised.ts';
import { Refusal } from '../refusal.ts';
import { hasTypes, missingPackage, textUrl } from './module-text.ts';
import { sourceOf } from './source-line.ts';
import { lineThrown, placeThrown } from './stack-lines.ts';
import { transpile } from './transpile.ts';

/** A file, as the user called it, and its module, as JavaScript. */
export interface SelectorSource {
  readonly file: string;
  readonly url: string;
}

/** In the order of the files; messages name a file as the user did. */
export async function loadSelectors(files: readonly string[]): Promise<readonly UserSelector[]> {
  return importSelectors(await selectorSources(files));
}

export interface SourceOptions {
  /** The module's text is in the URL: another machine can import it. @defaultValue only where the text had types */
  readonly portable?: boolean;
}

export const selectorSources = (
  files: readonly string[],
  { portable = false }: SourceOptions = {},
): Promise<readonly SelectorSource[]> =>
  Promise.all(
    files.map(async (file) => {
      const path = resolve(file);
      const there = statSync(path, { throwIfNoEntry: false });
      if (there === undefined) throw new Refusal(`${file}: No such file or directory`);
      if (there.isDirectory()) throw new Refusal(`${file}: Is a directory`);
      const isText = hasTypes(file) || portable;
      const url = isText ? await textUrl(file, portable) : pathToFileURL(path).href;
      return { file, url };
    }),
  );

export async function importSelectors(
  sources: readonly SelectorSource[],
): Promise<readonly UserSelector[]> {
  const modules = await importModules(sources);
  const selectors: UserSelector[] = [];
  for (const [i, { file }] of sources.entries()) {
    const found = selectorsOf(modules[i] ?? {}, file, selectors);
    if (typeof found === 'string') throw new Refusal(found);
    const lineOf = lineFinder(file);
    for (const { type } of found) selectors.push({ type, file, lineOf });
  }
  return selectors;
}

/** The exports of each module. */
export async function importModules(
  sources: readonly SelectorSource[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const files = sources.map(({ file }) => file).join(', ');
  const loaded = announceLoading(files);
  const leave = (): void => refuseToLeave(files);
  process.once('exit', leave);
  const imports = sources.map((source) => settled(source.file, importSource(source)));
  return await Promise.all(imports).finally(() => {
    process.off('exit', leave);
    loaded();
  });
}

/** A module that calls process.exit would end dmsim as if all were well. */
function refuseToLeave(files: string): void {
  say(`${files}: does not load: it ended the process`);
  process.exitCode = EXIT.REFUSED;
}

/** A top-level await may wait for ever, and Node.js would then end as if all were well. */
function settled<T>(file: string, loading: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    // oxlint-disable-next-line no-restricted-globals -- the user's module runs in real time
    const timer = setTimeout(() => {
      const seconds = LOAD_MS / 1000;
      reject(
        new Refusal(`${file}: does not load: its top-level await takes more than ${seconds} s`),
      );
    }, LOAD_MS);
    void loading.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const LOAD_MS = 5000;

/** Finds lines of the file for messages: from the stack of what was thrown, else where the hook is written. */
export function lineFinder(file: string): (hook: string, cause: unknown) => number | undefined {
  return (hook, cause) => {
    const thrown = lineThrown(file, (cause instanceof Error ? cause.stack : undefined) ?? '');
    if (thrown !== undefined) return thrown;
    // A worker on another machine has the module, and not the file.
    if (!existsSync(file)) return undefined;
    const lines = readFileSync(file, 'utf8').split('\n');
    const at = lines.findIndex((line) => new RegExp(String.raw`\b${hook}\b\s*[(:=,]`).test(line));
    return at < 0 ? undefined : at + 1;
  };
}

async function importSource({ file, url }: SelectorSource): Promise<Record<string, unknown>> {
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (error) {
    const missing = missingIn(error);
    if (missing !== undefined) throw new Refusal(missingPackage(file, missing));
    // Node.js does not tell where.
    if (error instanceof SyntaxError && existsSync(file))
      await transpile(file, readFileSync(file, 'utf8'));
    throw new Refusal(whereItThrew(file, error, reason(error)));
  }
}

/** `FILE:3: REASON`, or `FILE: REASON, at helper.mjs:3` when a module that the file imports threw it. */
function whereItThrew(file: string, error: unknown, why: string): string {
  const stack = (error instanceof Error ? error.stack : undefined) ?? '';
  const line = lineThrown(file, stack);
  if (line !== undefined) return `${file}:${line}: ${why}`;
  const elsewhere = placeThrown(stack);
  return elsewhere === undefined ? `${file}: ${why}` : `${file}: ${why}, at ${elsewhere}`;
}

/** The package that Node.js did not find, from a file or from a text in a URL. */
function missingIn(error: unknown): string | undefined {
  const { message = '' } = error as Partial<Error>;
  return /^(?:Cannot find package|Failed to resolve module specifier) ["']([^"'./][^"']*)["']/.exec(
    message,
  )?.[1];
}

function reason(error: unknown): string {
  if ((error as { code?: string }).code === 'ERR_UNKNOWN_FILE_EXTENSION')
    return 'not a JavaScript or TypeScript module: its name is to end in .js, .mjs, .ts or .mts';
  if (!(error instanceof Error)) return String(error);
  const [line = ''] = error.message.split('\n');
  const named = line.replaceAll(
    /data:text\/javascript;base64,[\w+/=]+/g,
    (url) => sourceOf(`${url}:1:1`)?.file ?? 'of a module that it imports',
  );
  return `${error.name}: ${named}`;
}
