// expand-aliases.ts — Replaces the aliases in a text that is about to be parsed. Mirrors bash's parse.y: alias_expand_token.
import type { SyntaxNode } from 'unbash';
import { forEachChild, parse } from 'unbash';

/** A part of the text that came from aliases, which are not expanded again within it. */
interface Replaced {
  start: number;
  end: number;
  readonly name: string;
}

interface Place {
  readonly pos: number;
  readonly end: number;
}

/** Replaces words that name commands; and the word after an alias whose value ends with a blank. Undefined if the result has a syntax error. */
export function expandAliases(
  source: string,
  aliases: ReadonlyMap<string, string>,
): string | undefined {
  const replaced: Replaced[] = [];
  let text = source;
  for (;;) {
    const script = parse(text);
    if (script.errors !== undefined && script.errors.length > 0) return undefined;
    const words: Place[] = [];
    collect(script, words, blanks(text, replaced, aliases));
    const next = words
      .filter((word) => mayReplace(text, word, { replaced, aliases }))
      .toSorted((a, b) => a.pos - b.pos)[0];
    if (next === undefined) return text;
    const name = text.slice(next.pos, next.end);
    const value = aliases.get(name) as string;
    text = text.slice(0, next.pos) + value + text.slice(next.end);
    const grown = value.length - name.length;
    for (const one of replaced) {
      if (one.start >= next.end) one.start += grown;
      if (one.end >= next.end) one.end += grown;
    }
    replaced.push({ start: next.pos, end: next.pos + value.length, name });
  }
}

/** The places of words that follow an alias whose value ends with a blank. */
function blanks(
  text: string,
  replaced: readonly Replaced[],
  aliases: ReadonlyMap<string, string>,
): ReadonlySet<number> {
  const places = new Set<number>();
  for (const { end, name } of replaced) {
    if (!/[ \t]$/.test(aliases.get(name) ?? '')) continue;
    places.add(end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0));
  }
  return places;
}

/** Collects the words that may be aliases. */
function collect(node: SyntaxNode, words: Place[], after: ReadonlySet<number>): void {
  if (node.type === 'Script' && node.source !== undefined) return;
  if (node.type === 'Command') {
    if (node.name !== undefined) words.push(node.name);
    for (const word of node.args) if (after.has(word.pos)) words.push(word);
  }
  forEachChild(node, (child) => collect(child, words, after));
}

interface Known {
  readonly replaced: readonly Replaced[];
  readonly aliases: ReadonlyMap<string, string>;
}

function mayReplace(text: string, { pos, end }: Place, { replaced, aliases }: Known): boolean {
  const name = text.slice(pos, end);
  if (!aliases.has(name)) return false;
  return !replaced.some((one) => one.name === name && one.start <= pos && pos < one.end);
}
