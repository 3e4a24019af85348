// choose-selection.ts — -S of a command line as a `Selection`.
import { complain, refuse } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';

import type { Run } from '../run.ts';
import { logError } from '../run.ts';
import { FIELDS } from './fields.ts';
import { canonical } from './report.ts';
import { SELECTABLE_FIELDS, SELECTION_HELP } from './select-help.ts';
import type { Selectable, Selection } from './selection.ts';
import { parseSelection } from './selection.ts';
import { isStatistic } from './statistics.ts';

/** Null without -S, or with an empty one. `wrong`: it makes no sense, which has been said. `help`: help was asked for, and given. */
export function* chooseSelection(run: Run): Task<Selection | null | 'wrong' | 'help'> {
  const { switches, tool } = run;
  const text = (switches.value('S') ?? '').trim();
  if (text === '') return null;
  if (text === 'help' || text === '?') {
    yield* complain(tool, SELECTABLE_FIELDS + SELECTION_HELP);
    return 'help';
  }
  const selection = parseSelection(text, (id) => find(run, id));
  if (!('error' in selection)) return selection;
  yield* logError(run, selection.error);
  return 'wrong';
}

function find({ tool }: Run, word: string): Selectable | undefined {
  const field = FIELDS.find(({ id }) => canonical(id) === canonical(word));
  if (field !== undefined) return { id: field.id, numeric: field.numeric === true };
  if (isStatistic(word)) refuse(tool, `-S ${word}`);
  return undefined;
}
