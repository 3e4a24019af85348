// hung-report.ts — What is told of a run that can't go on: who waits, for what, since when.
import { hangReport } from '@dmsim/sim';

import type { Machine } from './machine.ts';

export const hungReport = ({ sim }: Machine): string[] => hangReport(sim);
