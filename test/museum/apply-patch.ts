// apply-patch.ts — Puts an exhibit's bug into the text of the bundle.
import type { Exhibit } from './exhibit.ts';

/** Fails unless the text is there exactly once: a bug that is not there proves nothing. */
export function applyPatch(code: string, { file, replace, by, title: name }: Exhibit): string {
  // The bundler says before each piece which file it is of.
  const title = `\n// packages/${file}\n`;
  const start = code.indexOf(title);
  if (start < 0) throw new Error(`"${name}": packages/${file} is not in the bundle`);
  const next = /\n\/\/ (?:packages|node_modules|test)\//g;
  next.lastIndex = start + title.length;
  const end = next.exec(code)?.index ?? code.length;
  const region = code.slice(start, end);
  const parts = region.split(patternOf(replace));
  if (parts.length !== 2) {
    throw new Error(`"${name}": the text is ${parts.length - 1} times in packages/${file}`);
  }
  return code.slice(0, start) + parts.join(inBundle(by, region)) + code.slice(end);
}

/** Names that the file imports may have a number at their end in the bundle. */
const inBundle = (text: string, region: string): string =>
  text.replaceAll(/[a-zA-Z_]\w*/g, (word) => {
    const numbered = new RegExp(String.raw`\b${word}\$\d+`).exec(region)?.[0];
    return numbered === undefined || new RegExp(String.raw`\b${word}\b(?!\$)`).test(region)
      ? word
      : numbered;
  });

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
