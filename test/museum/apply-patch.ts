// apply-patch.ts — Puts an exhibit's bug into the text of the bundle.
import type { Exhibit } from './exhibit.ts';

/** Fails unless the text is there exactly once: a bug that is not there proves nothing. */
export function applyPatch(code: string, exhibit: PatchOf): string {
  const { file, replace, by, title: name } = exhibit;
  try {
    const { start, end } = findFile(code, file);
    const region = code.slice(start, end);
    const parts = region.split(patternOf(replace));
    if (parts.length !== 2)
      throw new Error(`the text is ${parts.length - 1} times in packages/${file}`);
    return code.slice(0, start) + parts.join(inBundle(by, code, region, exhibit)) + code.slice(end);
  } catch (error) {
    throw new Error(`"${name}": ${(error as Error).message}`, { cause: error });
  }
}

type PatchOf = Pick<Exhibit, 'title' | 'file' | 'replace' | 'by' | 'calls'>;

/** The part of the bundle that is `file`: the bundler says before each piece which file it is of. */
function findFile(code: string, file: string): { start: number; end: number } {
  const title = `\n// packages/${file}\n`;
  const start = code.indexOf(title);
  if (start < 0) throw new Error(`packages/${file} is not in the bundle`);
  const next = /\n\/\/ (?:packages|node_modules|test)\//g;
  next.lastIndex = start + title.length;
  return { start, end: next.exec(code)?.index ?? code.length };
}

/** Where two files use one name, the bundler numbers one of them: finds each name of `text` as it is called in the bundle. */
const inBundle = (text: string, code: string, region: string, { calls = {} }: PatchOf): string =>
  text.replaceAll(/[a-zA-Z_]\w*/g, (word) => {
    const file = calls[word];
    if (file !== undefined) return declaredIn(code, file, word);
    const numbered = new RegExp(String.raw`\b${word}\$\d+`).exec(region)?.[0];
    return numbered === undefined || new RegExp(String.raw`\b${word}\b(?!\$)`).test(region)
      ? word
      : numbered;
  });

/** The name that a function of `file` has in the bundle. */
function declaredIn(code: string, file: string, name: string): string {
  const { start, end } = findFile(code, file);
  const declared = new RegExp(String.raw`\bfunction (${name}(?:\$\d+)?)\(`);
  const found = declared.exec(code.slice(start, end))?.[1];
  if (found === undefined) throw new Error(`packages/${file} has no function ${name}`);
  return found;
}

/** The bundler lays code out anew: white space and kinds of quotes don't matter, nor names that it had to number. */
function patternOf(text: string): RegExp {
  const pieces = text.trim().split(/(\s+|['"]|\b)/);
  const source = pieces.map((piece) => {
    if (/^\s+$/.test(piece)) return String.raw`\s+`;
    if (/^['"]$/.test(piece)) return `['"]`;
    if (piece === 'undefined') return '(?:undefined|void 0)';
    if (/^[a-zA-Z]\w*$/.test(piece)) return String.raw`${piece}(?:\$\d+)?`;
    return piece.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  });
  return new RegExp(source.join(''));
}
