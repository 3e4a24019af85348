// write-files.ts — NAME.sh and NAME.choices: what `dmsim run --replay NAME.choices NAME.sh` repeats.
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { printChoices, recordChoices } from '@dmsim/kit';

import { reasonOf } from '../reason-of.ts';
import { Refusal } from '../refusal.ts';
import type { Finding, Smallest } from './findings.ts';

export interface Written {
  readonly lab: string;
  readonly choices: string;
}

/** Refuses before the first run a folder that can't take the files. It is made when there is a file for it. */
export function refuseNoFolder(folder: string): void {
  let nearest = resolve(folder);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    if (!statSync(nearest).isDirectory()) throw new Refusal(`explore: ${folder}: Not a directory`);
    accessSync(nearest, constants.W_OK);
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(`explore: ${folder}: ${reasonOf(error)}`);
  }
}

/** Overwrites what is there: the same exploration finds the same. */
export function writeFiles(
  { number }: Finding,
  { setup, seed, deviations }: Smallest,
  folder: string,
): Written {
  const { lab, requeue, slack, variesCosts } = setup;
  const name = `${basename(lab.name).replace(/\.sh$/, '')}-${number}`;
  const paths = { lab: join(folder, `${name}.sh`), choices: join(folder, `${name}.choices`) };
  const text = printChoices({
    name: lab.name,
    args: lab.args,
    seed,
    requeue,
    slack,
    variesCosts,
    deviations: recordChoices(setup, seed, deviations),
  });
  writeInto(folder, { [paths.lab]: lab.text, [paths.choices]: text });
  return paths;
}

/** Each file whole or not at all. */
export function writeInto(folder: string, files: Readonly<Record<string, string>>): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      writeFileSync(`${path}.new`, text);
      renameSync(`${path}.new`, path);
    }
  } catch (error) {
    throw new Refusal(`explore: ${folder}: ${reasonOf(error)}`);
  }
}
