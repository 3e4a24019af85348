// path-list.ts — Prints the paths that were found, as multipath does at verbosity 3. Mirrors libmultipath/print.c: print_all_paths.
import type { Output } from '../programs/output.ts';
import type { Session } from '../session.ts';
import { formatTable } from './columns.ts';
import { PATH_COLUMNS } from './path-columns.ts';

const FORMAT = '%w %i %d %D %p %t %T %s %o';

export function tellPaths({ log, paths }: Session, output: Output): void {
  if (log.verbosity < 3) return;
  if (paths.length === 0) return output.out('===== no paths =====\n');
  output.out(
    `===== paths list =====\n${formatTable(PATH_COLUMNS, paths, { format: FORMAT, raw: false })}`,
  );
}
