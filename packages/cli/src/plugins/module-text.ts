// module-text.ts — A user's module as text in a URL: what it imports by a relative path, or by the name of a package, is found from where the file is.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { reasonOf } from '../reason-of.ts';
import { Refusal } from '../refusal.ts';
import { VERSION } from '../version.ts';
import { transpile } from './transpile.ts';

export const hasTypes = (file: string): boolean => /\.[mc]?ts$/.test(file);

const isScript = (file: string): boolean => /\.[mc]?[jt]s$/.test(file);

/**
 * `file` is named as the user named it. Modules with types that it imports by a relative path are in the URL, too; so are those
 * without when it is to be `portable`. `importedBy`: the paths of the modules that lead to this one.
 */
export async function textUrl(
  file: string,
  portable: boolean,
  importedBy: readonly string[] = [],
): Promise<string> {
  const path = resolve(file);
  const text = readText(file);
  const code = hasTypes(file) ? await transpile(file, text) : text;
  const specifiers = [...code.matchAll(RELATIVE)].map(([, , specifier = '']) => specifier);
  const importing = { portable, trail: [...importedBy, path] };
  const urls = await Promise.all(
    specifiers.map(async (specifier) => await importedUrl(file, specifier, importing)),
  );
  const urlOf = new Map(specifiers.map((specifier, i) => [specifier, urls[i] ?? specifier]));
  const placed = code.replaceAll(
    RELATIVE,
    (_, before: string, specifier: string) => `${before}${urlOf.get(specifier) ?? specifier}`,
  );
  const found = placed.replaceAll(
    PACKAGE,
    (_, before: string, specifier: string) => `${before}${packageUrl(file, specifier)}`,
  );
  return `data:text/javascript;base64,${Buffer.from(found).toString('base64')}`;
}

const RELATIVE = /(\b(?:from|import)\s*\(?\s*["'])(\.{1,2}\/[^"']+)/g;
const PACKAGE = /(\bfrom\s*["'])([@a-z][^"':]*)(?=["'])/g;

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Refusal(`${file}: ${reasonOf(error)}`);
  }
}

interface Importing {
  readonly portable: boolean;
  /** The paths of the modules that lead to the import, the importing one last. */
  readonly trail: readonly string[];
}

async function importedUrl(
  importer: string,
  specifier: string,
  { portable, trail }: Importing,
): Promise<string> {
  const file = sourceOf(join(dirname(importer), specifier));
  const path = resolve(file);
  if (!(hasTypes(file) || (portable && isScript(file)))) return pathToFileURL(path).href;
  if (!existsSync(file))
    throw new Refusal(`${importer}: imports ${specifier}: No such file or directory`);
  if (trail.includes(path))
    throw new Refusal(
      `${importer}: imports ${specifier}, which imports it: dmsim can't load TypeScript modules that import each other`,
    );
  return await textUrl(file, portable, trail);
}

/** TypeScript lets a module call `x.ts` `x.js`, as it will be called once it is compiled. */
function sourceOf(file: string): string {
  const source = file.replace(/js$/, 'ts');
  return !existsSync(file) && isScript(file) && existsSync(source) ? source : file;
}

/** The specifier itself for modules of Node.js, and when there is no such package: the import then says so. */
function packageUrl(file: string, specifier: string): string {
  try {
    const path = createRequire(pathToFileURL(resolve(file))).resolve(specifier);
    return isAbsolute(path) ? pathToFileURL(path).href : specifier;
  } catch {
    return specifier;
  }
}

/** `specifier`: as an import statement names it. */
export function missingPackage(file: string, specifier: string): string {
  const remedy =
    specifier === '@dmsim/kit'
      ? `: install dmsim-kit-${VERSION}.tgz there (docs/testing-your-own.md)`
      : '';
  return `${file}: imports ${specifier}, which is not installed where the file is${remedy}`;
}
