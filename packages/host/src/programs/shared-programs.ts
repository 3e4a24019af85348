// shared-programs.ts — The programs that find all they need in their arguments and files, and those that only refuse: the same for all machines.
import { dd, textPrograms } from '@dmsim/coreutils';
import type { Program } from '@dmsim/vfs';

import { busybox } from './busybox.ts';
import { DEBIAN_PROGRAMS } from './debian-programs.ts';
import { lsmod } from './lsmod.ts';
import { ps } from './ps.ts';

export const SHARED_PROGRAMS: ReadonlyMap<string, Program> = new Map([
  ...DEBIAN_PROGRAMS,
  ...textPrograms,
  ['busybox', busybox],
  ['dd', dd],
  ['lsmod', lsmod],
  ['ps', ps],
]);
