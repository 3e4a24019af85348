// compile-perl.ts — Compiles Perl's expressions. JavaScript and PCRE agree on which match is the first.
import type { Matcher } from './compile.ts';
import { AROUND, HIGH } from './compile.ts';
import type { PerlOptions } from './perl.ts';
import { KEEP, translatePerl } from './perl.ts';

export interface CompilePerlOptions extends PerlOptions {
  readonly whole: 'word' | 'line' | 'any';
}

/** Throws RegexError or PerlRefusal. Matching may throw PerlRefusal too, if the unsupported part matters for a text. */
export function compilePerl(source: string, options: CompilePerlOptions): Matcher {
  const [before, after] = AROUND[options.whole];
  const compile = (utf8: boolean): RegExp =>
    new RegExp(before + translatePerl(source, { ...options, utf8 }) + after, 'dg');
  const bytes = compile(options.utf8 && HIGH.test(source));
  let chars: RegExp | undefined;
  const search = (text: string, from: number): RegExpExecArray | null => {
    let regex = bytes;
    if (options.utf8 && HIGH.test(text)) {
      chars ??= compile(true);
      regex = chars;
    }
    regex.lastIndex = from;
    return regex.exec(text);
  };
  return {
    test: (text) => search(text, 0) !== null,
    exec(text, from = 0) {
      const match = search(text, from);
      if (match === null) return undefined;
      const start = match.indices?.groups?.[KEEP]?.[0] ?? match.index;
      return { start, end: match.index + match[0].length, groups: [] };
    },
  };
}
