// cookies.ts — `dmsetup udevcookies` and `udevcomplete_all`. No semaphore is left here to be seen: each call takes its own away.
import { refuse } from '@dmsim/coreutils';

import type { Run } from './run.ts';

export function udevCookies({ tool }: Run): boolean {
  tool.out.put('Cookie       Semid      Value      Last semop time           Last change time\n');
  return true;
}

export function udevCompleteAll({ tool, switches }: Run): boolean {
  if (!switches.has('y')) refuse(tool, 'dmsetup udevcomplete_all without -y, which asks');
  tool.out.put('0 semaphores with keys prefixed by 3405 (0xd4d) destroyed. 0 skipped.\n');
  return true;
}
