// match-text.ts — Regular expressions of jq (Oniguruma). Those that would mean something else in JavaScript are refused.
import { described } from './places.ts';
import type { JqValue } from './value.ts';
import { raise } from './value.ts';

/** With `testOnly`, whether there is a match; else all matches, each with its place in code points, its text and its groups. */
export function matchAll(
  input: JqValue,
  source: JqValue,
  flags: JqValue,
  testOnly: JqValue,
): JqValue {
  if (typeof input !== 'string')
    raise(`${described(input)} cannot be matched, as it is not a string`);
  if (typeof source !== 'string')
    raise(`${described(source)} cannot be matched, as it is not a string`);
  if (flags !== null && typeof flags !== 'string') raise(`${described(flags)} is not a string`);
  const { regex, global, skipEmpty } = compile(source, flags ?? '');
  if (testOnly === true) return regex.test(input);
  const found: JqValue[] = [];
  const names = groupNames(source);
  for (const match of input.matchAll(regex)) {
    if (skipEmpty && match[0] === '') continue;
    found.push(shown(input, match, names));
    if (!global) break;
  }
  return found;
}

interface Compiled {
  readonly regex: RegExp;
  readonly global: boolean;
  readonly skipEmpty: boolean;
}

function compile(source: string, flags: string): Compiled {
  if (!/^[gimnslx]*$/.test(flags)) raise(`${flags} is not a valid modifier string`);
  const pattern = flags.includes('x') ? source.replace(/\s+|#.*$/gm, '') : source;
  // Oniguruma's (?m) is JavaScript's s; ^ and $ match at lines.
  const own = `gdum${flags.includes('i') ? 'i' : ''}${/[sp]/.test(flags) ? 's' : ''}`;
  try {
    return {
      regex: new RegExp(pattern, own),
      global: flags.includes('g'),
      skipEmpty: flags.includes('n'),
    };
  } catch {
    return raise(`${source} (at offset 0) is not a valid regex: invalid`);
  }
}

const points = (text: string): number => Array.from(text).length;

function shown(input: string, match: RegExpExecArray, names: readonly (string | null)[]): JqValue {
  const captures = match.slice(1).map((text: string | undefined, i): JqValue => {
    const span = match.indices?.[i + 1];
    return new Map<string, JqValue>([
      ['offset', span === undefined ? -1 : points(input.slice(0, span[0]))],
      ['length', text === undefined ? 0 : points(text)],
      ['string', text ?? null],
      ['name', names[i] ?? null],
    ]);
  });
  return new Map<string, JqValue>([
    ['offset', points(input.slice(0, match.index))],
    ['length', points(match[0])],
    ['string', match[0]],
    ['captures', captures],
  ]);
}

/** The names of the groups, in order; null for one without. */
const groupNames = (source: string): (string | null)[] =>
  Array.from(
    source.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|\((?!\?)|\(\?<([A-Za-z_]\w*)>/g),
    ([text, name]) => (text.startsWith('(') ? (name ?? null) : undefined),
  ).filter((name) => name !== undefined);
