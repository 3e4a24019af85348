// parse-status.ts — A multipath status line. Mirrors libmultipath/dmparser.c: disassemble_status.
//
//   <n> <arg>… <n> <handler arg>… <groups> <next group>
//   (<D|A|E> <n> <selector arg>… <paths> <args> (<maj:min> <A|F> <fail count> <arg>…)…)…
import type { GroupStatus } from '../multipath.ts';
import { Words } from './parse-table.ts';

export interface PathStatus {
  readonly devT: string;
  readonly state: 'undef' | 'active' | 'failed';
  readonly failCount: number;
}

export interface StatusGroup {
  readonly status: GroupStatus;
  readonly paths: readonly PathStatus[];
}

const GROUP_STATUS: Readonly<Record<string, GroupStatus>> = {
  D: 'disabled',
  A: 'active',
  E: 'enabled',
};

export function parseStatus(line: string): StatusGroup[] {
  const words = new Words(line);
  words.counted();
  words.counted();
  const count = words.number();
  if (count === 0) return [];
  words.skip(1);
  return Array.from({ length: count }, () => {
    const status = GROUP_STATUS[words.next()] ?? 'undef';
    words.counted();
    const paths = words.number();
    const args = words.number();
    return { status, paths: Array.from({ length: paths }, () => parsePath(words, args)) };
  });
}

function parsePath(words: Words, args: number): PathStatus {
  const devT = words.next();
  const letter = words.next();
  const failCount = words.number();
  words.skip(args);
  return {
    devT,
    state: letter === 'F' ? 'failed' : letter === 'A' ? 'active' : 'undef',
    failCount,
  };
}
