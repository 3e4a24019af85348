// resume-file.ts — --resume FILE: what an exploration has found so far and what it has still to run, written now and then, so
// that it can go on after it was interrupted. The file is whole or not there at all.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

import type { Exploration, Plan, SavedExploration } from '@dmsim/kit';
import { createExploration, restoreExploration, saveExploration } from '@dmsim/kit';
import { parse, stringify } from 'devalue';

import { optionsOfFiles } from '../plugins/load-plugins.ts';
import { writeWhole } from '../process/standard-streams.ts';
import { reasonOf } from '../reason-of.ts';
import { Refusal } from '../refusal.ts';
import { VERSION } from '../version.ts';
import type { ExploreOptions } from './options.ts';

/** Identifies the exploration of a file: its options by name, without those that may differ (--runs, --jobs). */
type Identity = Readonly<Record<string, string>>;

export interface ResumeFile {
  /** The exploration that the file has, or a new one when there is no file. */
  readonly exploration: Exploration;
  /** Runs that were done before. */
  readonly done: number;
  /** Throws a `Refusal` when it cannot be written; what was there then stays. */
  save(): void;
}

/** Two lines: what it is of and a checksum, then the exploration as devalue writes it. */
const TITLE = 'dmsim exploration 1';

interface Head {
  readonly title: string;
  readonly of: Identity;
  readonly sum: string;
}

export function openResumeFile(path: string, options: ExploreOptions): ResumeFile {
  const of = identityOf(options);
  const saved = readSaved(path, of);
  const exploration =
    saved === null ? createExploration(options.plan) : restoreExploration(options.plan, saved);
  const save = (): void => writeSaved(path, of, saveExploration(exploration));
  // When the file can't be written, the user learns that now, and not after hours.
  if (saved === null) save();
  return { exploration, done: exploration.started, save };
}

function identityOf({ plan, setup, userFiles }: ExploreOptions): Identity {
  const { lab, slack, variesCosts, requeue } = setup;
  return {
    version: VERSION,
    lab: lab.name,
    'text of the lab': hash(lab.text),
    arguments: JSON.stringify(lab.args),
    '--strategy': plan.strategy,
    '--seed': String(plan.seed),
    '--deviations': deviationsText(plan),
    '--slack': `${slack / 1e6}ms${variesCosts ? '' : ' (exact costs)'}`,
    '--requeue': requeue,
    ...Object.fromEntries(
      optionsOfFiles(userFiles).map(([kind, file]) => [`--${kind} ${file}`, hashOfFile(file)]),
    ),
  };
}

const deviationsText = ({ strategy, maxDeviations }: Plan): string =>
  strategy === 'exhaustive' ? String(maxDeviations) : '';

const hash = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
const hashOfFile = (path: string): string => attempt(path, () => hash(readFileSync(path)));

/** Null: there is none. */
function readSaved(path: string, of: Identity): SavedExploration | null {
  const stat = attempt(path, () => statSync(path, { throwIfNoEntry: false }));
  if (stat === undefined) return null;
  if (!stat.isFile()) throw new Refusal(`explore: ${path}: is not a file`);
  const text = attempt(path, () => readFileSync(path, 'utf8'));
  const end = text.indexOf('\n');
  const head = headOf(text.slice(0, Math.max(0, end)));
  if (head === null) throw new Refusal(`explore: ${path}: exists, and is not a saved exploration`);
  refuseAnother(path, head.of, of);
  const body = text.slice(end + 1);
  const saved = hash(body) === head.sum ? savedIn(body) : null;
  if (saved === null) throw new Refusal(`explore: ${path}: is damaged: remove it`);
  return saved;
}

/** With the right checksum it is what was written; anything else was made by hand. */
function savedIn(body: string): SavedExploration | null {
  try {
    const { tally, branches, truncated } = parse(body) as Partial<SavedExploration>;
    const isWhole = tally?.outcomes instanceof Map && tally.reached instanceof Map;
    if (!isWhole || !Array.isArray(branches) || typeof truncated !== 'boolean') return null;
    return { tally, branches, truncated };
  } catch {
    return null;
  }
}

function headOf(line: string): Head | null {
  try {
    const head = JSON.parse(line) as Partial<Head> | null;
    const { title, of, sum } = head ?? {};
    const isHead = title === TITLE && typeof of === 'object' && typeof sum === 'string';
    return isHead ? { title, of, sum } : null;
  } catch {
    return null;
  }
}

/** Names what differs first. */
function refuseAnother(path: string, saved: Identity, now: Identity): void {
  const names = new Set([...Object.keys(now), ...Object.keys(saved)]);
  for (const name of names) {
    const [was, is] = [saved[name], now[name]];
    if (was === is) continue;
    if (name === 'text of the lab')
      throw new Refusal(
        `explore: ${path}: ${now['lab'] ?? 'the lab'} has changed since it was saved`,
      );
    if (/^--(?:selector|target|checker|prioritizer|invariant) /.test(name)) {
      const how = was === undefined ? 'without' : is === undefined ? 'with' : 'with another';
      throw new Refusal(`explore: ${path}: was saved ${how} ${name}`);
    }
    throw new Refusal(`explore: ${path}: was saved with ${name} ${was ?? ''}, not ${is ?? ''}`);
  }
}

function writeSaved(path: string, of: Identity, saved: SavedExploration): void {
  const body = stringify(saved);
  const head: Head = { title: TITLE, of, sum: hash(body) };
  const temporary = `${path}.new`;
  attempt(path, () => {
    const fd = openSync(temporary, 'w');
    try {
      writeWhole(fd, Buffer.from(`${JSON.stringify(head)}\n${body}`));
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
  });
}

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new Refusal(`explore: ${path}: ${reasonOf(error)}`);
  }
}
