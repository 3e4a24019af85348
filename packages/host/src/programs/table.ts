// table.ts — Every program there is on a machine.
import type { Program, ProgramTable } from '@dmsim/shell';

import type { Machine } from '../machine.ts';
import { dd } from './dd.ts';
import { modprobe } from './modprobe.ts';
import { textPrograms } from './text/index.ts';

export function programsOf(machine: Machine): ProgramTable {
  const own: Readonly<Record<string, Program>> = {
    dd,
    modprobe: modprobe(machine),
  };
  return new Map([...textPrograms, ...Object.entries(own)]);
}
