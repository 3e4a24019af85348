// extended-pattern.ts — Matches patterns that have groups, such as `+([0-9])` and `!(*.log|core)`. Mirrors bash's
// sm_loop.c: EXTMATCH.
//
// It computes all places where a match can end from all places where it can begin, token by token, so that no pattern takes
// exponential time.
import type { GroupToken, Token } from './pattern-token.ts';
import { accepts } from './pattern-token.ts';

/** The places in a text, by index: 1 if a match may end there. */
type Places = Uint8Array;

export function extendedPrefixLength(
  tokens: readonly Token[],
  text: string,
  { longest, whole = false, from = 0 }: { longest: boolean; whole?: boolean; from?: number },
): number {
  const ends = endsOf(tokens, text, placeAt(text, from));
  if (whole) return ends[text.length] === 1 ? text.length - from : -1;
  const end = longest ? ends.lastIndexOf(1) : ends.indexOf(1);
  return end < 0 ? -1 : end - from;
}

export function extendedSuffixLength(
  tokens: readonly Token[],
  text: string,
  longest: boolean,
): number {
  for (let i = 0; i <= text.length; i++) {
    const start = longest ? i : text.length - i;
    if (endsOf(tokens, text, placeAt(text, start))[text.length] === 1) return text.length - start;
  }
  return -1;
}

function placeAt(text: string, at: number): Places {
  const places = new Uint8Array(text.length + 1);
  places[at] = 1;
  return places;
}

/** Returns the ends of all matches of the tokens in a row that begin at one of `starts`. */
function endsOf(tokens: readonly Token[], text: string, starts: Places): Places {
  let places = starts;
  for (const token of tokens) places = step(token, text, places);
  return places;
}

function step(token: Token, text: string, starts: Places): Places {
  if (token.kind === 'group') return groupEnds(token, text, starts);
  const ends = new Uint8Array(text.length + 1);
  if (token.kind === 'star') {
    const first = starts.indexOf(1);
    return first < 0 ? ends : ends.fill(1, first);
  }
  for (let i = 0; i < text.length; i++) {
    if (starts[i] === 1 && accepts(token, text.charAt(i))) ends[i + 1] = 1;
  }
  return ends;
}

function groupEnds(group: GroupToken, text: string, starts: Places): Places {
  switch (group.operator) {
    case '@':
      return once(group, text, starts);
    case '?':
      return union(starts, once(group, text, starts));
    case '+':
      return closure(group, text, once(group, text, starts));
    case '*':
      return closure(group, text, starts);
    case '!':
      return complement(group, text, starts);
  }
}

function once({ alternatives }: GroupToken, text: string, starts: Places): Places {
  let ends: Places = new Uint8Array(text.length + 1);
  for (const tokens of alternatives) ends = union(ends, endsOf(tokens, text, starts));
  return ends;
}

const union = (a: Places, b: Places): Places => a.map((place, i) => place | (b[i] as number));

/** Repeats the group until that leads nowhere new. */
function closure(group: GroupToken, text: string, starts: Places): Places {
  let reached = starts;
  for (;;) {
    const next = union(reached, once(group, text, reached));
    if (next.every((place, i) => place === reached[i])) return reached;
    reached = next;
  }
}

/** `!(…)` matches any stretch of the text that none of the alternatives does. */
function complement(group: GroupToken, text: string, starts: Places): Places {
  const ends = new Uint8Array(text.length + 1);
  for (let start = starts.indexOf(1); start >= 0; start = starts.indexOf(1, start + 1)) {
    const matched = once(group, text, placeAt(text, start));
    for (let end = start; end <= text.length; end++) if (matched[end] !== 1) ends[end] = 1;
  }
  return ends;
}
