// list-paths.ts — `show paths`, `show path`. Mirrors multipathd/cli_handlers.c: cli_list_paths.
import { ready } from '@dmsim/vfs';

import { formatRow, formatTable } from '../print/columns.ts';
import { PATH_COLUMNS } from '../print/path-columns.ts';
import { findPath } from '../session.ts';
import type { Command } from './command.ts';
import { pathWord } from './objects.ts';

const DEFAULT_FORMAT = '%i %d %D %p %t %T %o %C';

export const listPaths: Command = {
  keys: 'list paths',
  said: 'list paths',
  run: ({ paths }) =>
    ready(
      paths.length === 0 ||
        formatTable(PATH_COLUMNS, paths, { format: DEFAULT_FORMAT, raw: false }),
    ),
};

export const listPathsFormat: Command = {
  keys: 'list paths format',
  said: 'list paths',
  run: ({ paths }, args) =>
    ready(
      paths.length === 0 ||
        formatTable(PATH_COLUMNS, paths, { format: args.get('format') ?? '', raw: false }),
    ),
};

export const listPathsRaw: Command = {
  keys: 'list paths raw format',
  said: 'list paths',
  run: ({ paths }, args) =>
    ready(formatTable(PATH_COLUMNS, paths, { format: args.get('format') ?? '', raw: true })),
};

/** Only what its SCSI device is doing. */
export const listPath: Command = {
  keys: 'list path',
  run(daemon, args) {
    const word = pathWord(args);
    daemon.log.put(3, `${word}: list path (operator)`);
    const path = findPath(daemon, word);
    return ready(path !== undefined && formatRow(PATH_COLUMNS, path, { format: '%o' }));
  },
};
