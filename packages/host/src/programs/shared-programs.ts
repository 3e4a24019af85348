// shared-programs.ts — The programs that find all they need in their arguments and files, and those that only refuse: the same for all machines.
import { dd, textPrograms } from '@dmsim/coreutils';
import type { Program } from '@dmsim/vfs';

import { busybox } from './busybox.ts';
import { DEBIAN_PROGRAMS } from './debian-programs.ts';
import { lsmod } from './kmod/lsmod.ts';
import { free, uptime } from './procps/free.ts';
import { sysctl } from './procps/sysctl.ts';
import { sudo } from './sudo.ts';

export const SHARED_PROGRAMS: ReadonlyMap<string, Program> = new Map([
  ...DEBIAN_PROGRAMS,
  ...textPrograms,
  ['busybox', busybox],
  ['dd', dd],
  ['free', free],
  ['lsmod', lsmod],
  ['sudo', sudo],
  ['sysctl', sysctl],
  ['uptime', uptime],
]);
