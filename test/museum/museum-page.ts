// museum-page.ts — docs/museum.md: every exhibit's story, and how soon each strategy finds it.
import type { Exhibit } from './exhibit.ts';
import { EXHIBITS } from './exhibits.ts';
import type { JudgeOptions, Verdict } from './judge.ts';
import type { Museum } from './run-exhibit.ts';
import { settingsOf } from './run-exhibit.ts';

interface Column {
  readonly title: string;
  readonly options: Pick<JudgeOptions, 'strategy' | 'slack'>;
}

const SLACK = 1_000_000;

const COLUMNS: readonly Column[] = [
  { title: 'random', options: { strategy: 'random', slack: SLACK } },
  { title: 'pct', options: { strategy: 'pct', slack: SLACK } },
  { title: 'random, no slack', options: { strategy: 'random', slack: 0 } },
];

/**
 * Runs every exhibit with every strategy; `say` is told of each row.
 * @public Called by museum.mjs.
 */
export async function museumPage(
  museum: Museum,
  runs: number,
  say: (line: string) => void,
): Promise<string> {
  const rows = await Promise.all(
    Object.entries(EXHIBITS).map(async ([name, exhibit]) => {
      const verdicts = await Promise.all(
        COLUMNS.map(({ options }) =>
          museum.judge(exhibit, {
            ...settingsOf(exhibit),
            runs,
            seed: 1,
            ...options,
          }),
        ),
      );
      const line = rowOf(name, verdicts);
      say(line);
      return line;
    }),
  );
  return [
    '# The museum',
    '',
    'The exhibits are bugs that dm had, bugs that its design of 2006 avoids, and some bugs of virtual machines above it. Each replaces a few lines',
    'of the simulator, in tests only (`test/museum/exhibits`), and the properties of `@dmsim/kit` find it with their default settings.',
    '`npm run museum` makes this page again. The figures are the same each time, because everything follows from one seed.',
    '',
    `The first columns say how many runs it took to find the bug, of ${runs} at most. The last two count what is left of the schedule after`,
    'shrinking: commands, and choices that differ from fifo.',
    '',
    `| exhibit | ${COLUMNS.map(({ title }) => title).join(' | ')} | commands | choices |`,
    `| --- |${COLUMNS.map(() => ' ---: |').join('')} ---: | ---: |`,
    ...rows,
    '',
    '`random` without slack misses bugs whose window is a few microseconds long and has nothing else due in it, since exact times never hit it.',
    'It does not find these three in 20,000 runs either.',
    ...Object.entries(EXHIBITS).flatMap(([name, exhibit]) => storyOf(name, exhibit)),
    '',
  ].join('\n');
}

function rowOf(name: string, verdicts: readonly Verdict[]): string {
  const found = verdicts.find((verdict) => verdict.found !== null)?.found;
  const cells = verdicts.map((verdict) => verdict.found?.after ?? '–');
  return `| [${name}](#${name}) | ${cells.join(' | ')} | ${found?.commands ?? '–'} | ${found?.choices ?? '–'} |`;
}

export function storyOf(
  name: string,
  { title, source, story: lines, file, breaks, guest = false }: Exhibit,
): string[] {
  const verdict = breaks === 'hung' || breaks === 'limit' ? 'the run does not end' : `“${breaks}”`;
  return [
    '',
    `## ${name}`,
    '',
    `${title.charAt(0).toUpperCase()}${title.slice(1)}. ${source}; \`${file}\`; caught${guest ? ', with a virtual machine on the map,' : ''} by: ${verdict}.`,
    '',
    ...lines,
  ];
}
