// keywords.ts — The words that commands are made of; some have others that mean the same. Mirrors multipathd/cli.c: load_keys.

export interface Keyword {
  /** As it is typed. */
  readonly word: string;
  /** The word that commands are known by. */
  readonly key: string;
  /** A word of the caller's follows. */
  readonly takesArgument: boolean;
}

const WITH_ARGUMENT: ReadonlySet<string> = new Set([
  'path',
  'map',
  'multipath',
  'group',
  'format',
  'key',
]);

const SYNONYMS: Readonly<Record<string, string>> = {
  show: 'list',
  del: 'remove',
  switchgroup: 'switch',
  multipaths: 'maps',
  multipath: 'map',
  exit: 'quit',
};

/** In the order in which help names them. */
const WORDS = `list show add remove del switch switchgroup suspend resume reinstate fail resize reset reload
  forcequeueing disablequeueing restorequeueing paths maps multipaths path map multipath group reconfigure daemon
  status stats topology config blacklist devices raw wildcards quit exit shutdown getprstatus setprstatus
  unsetprstatus format json getprkey setprkey unsetprkey key local setmarginal unsetmarginal all`;

export const KEYWORDS: readonly Keyword[] = WORDS.split(/\s+/).map((word) => ({
  word,
  key: SYNONYMS[word] ?? word,
  takesArgument: WITH_ARGUMENT.has(word),
}));

/** The keyword that `word` is, or the only one that it abbreviates. */
export function findKeyword(word: string): Keyword | undefined {
  const exact = KEYWORDS.find((keyword) => keyword.word === word);
  if (exact !== undefined) return exact;
  const [first, ...others] = KEYWORDS.filter((keyword) => keyword.word.startsWith(word));
  return others.length === 0 ? first : undefined;
}
