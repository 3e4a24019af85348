// scenarios.ts — The labs that the page offers: the files of docs/labs, with their captions.
const files = import.meta.glob<string>('../../../../docs/labs/*.sh', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export interface Scenario {
  readonly name: string;
  readonly text: string;
}

/** The page begins with the first one. */
const FIRST = [
  'replug',
  'noflush-or-flush',
  'queue-if-no-path-timeout',
  'path-flapping',
  'lost-port',
];

const rank = (name: string): number => {
  const i = FIRST.indexOf(name);
  return i < 0 ? FIRST.length : i;
};

export const SCENARIOS: readonly Scenario[] = Object.entries(files)
  .map(([path, text]) => ({ name: path.replace(/^.*\/|\.sh$/g, ''), text }))
  .toSorted((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1));
