import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { JournalOptions } from './journal.ts';
import { openJournal } from './journal.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-journal-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('is not gone on with when a file of the user’s own code has changed', () => {
  const file = join(folder, 'mine.mjs');
  writeFileSync(file, 'export const one = 1;\n');
  const lab = { name: 'lab.sh', text: 'simctl measure x $x\n' };
  const options: JournalOptions = {
    path: join(folder, 'x.csv.part'),
    resume: true,
    shared: {
      study: { lab, workload: null, fault: null, files: [], checkInvariants: true },
      sources: [{ kind: 'target', file, url: pathToFileURL(file).href }],
      keep: 'figures',
    },
    tasks: [{ variables: { x: '1' }, seed: 1 }],
  };
  const begun = openJournal(options);
  begun.add(0, { x: 1 });
  begun.close();
  const resumed = openJournal(options);
  expect([...resumed.done]).toEqual([[0, { x: 1 }]]);
  resumed.close();
  writeFileSync(file, 'export const one = 2;\n');
  expect(() => openJournal(options)).toThrow('belongs to another study');
});
