// losetup-call.ts — One call of losetup(8), and the loop devices that its operands name.
import type { Loop } from '@dmsim/block';
import type { Tool } from '@dmsim/coreutils';
import { resolve } from '@dmsim/coreutils';

import type { Machine } from '../../machine.ts';

/** One call: the machine, the options, the operands. */
export interface LoopCall {
  readonly t: Tool;
  readonly machine: Machine;
  readonly has: (key: string) => boolean;
  readonly value: (key: string) => string | undefined;
  readonly operands: readonly string[];
}

export function loopOf({ t, machine }: LoopCall, name: string): Loop | undefined {
  const found = resolve(t, name);
  const node = typeof found === 'string' ? undefined : found.node;
  if (node?.kind !== 'block') return undefined;
  return node.major === LOOP_MAJOR ? machine.loops.loops.get(node.minor) : undefined;
}

const LOOP_MAJOR = 7;
