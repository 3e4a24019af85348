// hds.ts — Hitachi modular arrays: controllers and LDEVs, odd or even. Mirrors libmultipath/prioritizers/hds.c.
import { ready } from '@dmsim/vfs';

import { PRIO_UNDEF } from '../path.ts';
import type { Prioritizer } from './prioritizer.ts';

/** Both stand in the vendor's part of the inquiry, which is blank on disks here: neither odd nor even. */
export const hds: Prioritizer = { name: 'hds', getPriority: () => ready(PRIO_UNDEF) };
