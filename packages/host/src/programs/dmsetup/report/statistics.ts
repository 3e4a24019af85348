// statistics.ts — The fields of a report that dm-stats fills.
import { REPORT_HELP } from './field-help.ts';

const STATISTICS: ReadonlySet<string> = statistics();

function statistics(): ReadonlySet<string> {
  const from = REPORT_HELP.indexOf('Mapped Device Statistics Fields');
  const to = REPORT_HELP.indexOf('Special Fields');
  const ids = REPORT_HELP.slice(from, to).matchAll(/^ {2}(\w+) +- /gm);
  return new Set(['all', ...[...ids].map(([, id = '']) => id.replaceAll('_', ''))]);
}

export const isStatistic = (word: string): boolean =>
  STATISTICS.has(word.replaceAll('_', '').toLowerCase());
