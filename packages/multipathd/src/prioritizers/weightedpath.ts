// weightedpath.ts — By what the path is called: the first expression of `prio_args` that fits gives its number. Mirrors libmultipath/prioritizers/weightedpath.c.
import { ready } from '@dmsim/vfs';

import { compileExpression } from '../config/blacklist.ts';
import type { Path } from '../path.ts';
import { refuse } from '../refuse.ts';
import type { PrioContext, Prioritizer } from './prioritizer.ts';

const NO_WEIGHT = 0;

/** `hbtl|devname|serial|wwn REGEX PRIO REGEX PRIO …` */
function weight(path: Path, { args, log }: Pick<PrioContext, 'args' | 'log'>): number {
  const [kind = '', ...pairs] = args.split(/[ \t]+/).filter((word) => word !== '');
  const name = nameOf(path, kind);
  if (name === undefined) {
    if (kind !== '') log.put(0, `${path.dev}: weightedpath - Invalid arguments`);
    return NO_WEIGHT;
  }
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const pattern = pairs[i] as string;
    if (compileExpression(pattern)?.test(name) === true) {
      return Number.parseInt(pairs[i + 1] as string, 10) || 0;
    }
  }
  return NO_WEIGHT;
}

function nameOf(path: Path, kind: string): string | undefined {
  switch (kind) {
    case 'hbtl':
      return path.address.join(':');
    case 'devname':
      return path.dev;
    case 'serial':
      return path.serial;
    case 'wwn':
      if (path.protocol === 'scsi:fcp') refuse('prio weightedpath wwn of Fibre Channel paths');
      return '[undef]:[undef]:[undef]:[undef]';
    default:
      return undefined;
  }
}

export const weightedpath: Prioritizer = {
  name: 'weightedpath',
  getPriority: (path, context) => ready(weight(path, context)),
};
