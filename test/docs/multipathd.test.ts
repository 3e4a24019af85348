// docs/multipathd.md names a recorded lab for each keyword of the configuration and for each command of the socket.
import { readdirSync, readFileSync } from 'node:fs';

import { COMMANDS, SECTION_KEYWORDS } from '@dmsim/multipathd';
import { describe, expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/multipathd.md', import.meta.url), 'utf8');
const folder = new URL('../kernel/', import.meta.url);
const labs = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.sh'))
    .map((name) => [name.slice(0, -3), readFileSync(new URL(name, folder), 'utf8')] as const),
);

interface Row {
  /** The words in backticks in the first cell: keywords, or commands. */
  readonly subjects: readonly string[];
  /** The labs that the second cell names. */
  readonly labs: readonly string[];
}

const quoted = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

/** The rows of the table whose heading is that. */
function table(heading: string): readonly Row[] {
  const rows = page
    .slice(page.indexOf(`\n| ${heading} `))
    .trim()
    .split('\n');
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(2, end).map((line) => {
    const [, subjects = '', rest = ''] = line.split('|');
    return { subjects: quoted(subjects), labs: quoted(rest).filter((name) => labs.has(name)) };
  });
}

const keywords = table('keyword');
const commands = table('command');

/** `san_path_err_*` stands for each keyword that begins so. */
const covers = (subject: string, keyword: string): boolean =>
  subject.endsWith('*') ? keyword.startsWith(subject.slice(0, -1)) : subject === keyword;

describe('each keyword of the configuration has a row, and a lab of that row has the keyword', () => {
  const all = [...new Set(Object.values(SECTION_KEYWORDS).flat())].toSorted();
  it.each(all)('%s', (keyword) => {
    const rows = keywords.filter(({ subjects }) => subjects.some((one) => covers(one, keyword)));
    expect(rows).toHaveLength(1);
    const shown = rows.flatMap((row) => row.labs).some((name) => labs.get(name)?.includes(keyword));
    expect(shown).toBe(true);
  });
});

/** How labs write a word of a command. */
const WRITTEN: Readonly<Record<string, string>> = {
  list: '(list|show)',
  remove: '(remove|del)',
  map: '(map|multipath) \\S+',
  maps: '(multi)?(maps|paths)',
  path: 'path \\S+',
  switch: 'switchgroup',
};

describe('each command of the socket has a row, and a lab of that row gives it', () => {
  it.each(COMMANDS.map(({ keys }) => keys))('%s', (keys) => {
    const rows = commands.filter(({ subjects }) => subjects.includes(keys));
    expect(rows).toHaveLength(1);
    const words = keys.split(' ').map((word) => WRITTEN[word] ?? word);
    const pattern = new RegExp(`\\b${words.join(' ')}\\b`);
    const shown = rows
      .flatMap((row) => row.labs)
      .some((name) => pattern.test(labs.get(name) ?? ''));
    expect(shown).toBe(true);
  });
});

it('names no lab that is not there', () => {
  const named = quoted(page).filter((text) =>
    /^(daemon|multipath|mpathpersist|kpartx|udev)-[a-z0-9-]+$/.test(text),
  );
  expect(named.filter((name) => !labs.has(name))).toEqual([]);
});
