// rescue.ts — Ends a wait that nothing in a schedule would end: a map without paths was told to queue while a suspend waits
// for its I/O, and the next command waits for that suspend. It is so on Linux, too.
import { devResume, targetMessage } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import { seconds, sleepFor, spawn } from '@dmsim/sim';

import type { Schedule } from './schedule.ts';
import type { World } from './world.ts';
import { MAP } from './world.ts';

/** Longer than any schedule takes, and as often as it may come to that. */
export const RESCUE_SECONDS = 20;
export const RESCUES = 3;

export const RESCUE_MESSAGE = 'fail_if_no_path';

export const mayWaitForEver = ({ commands }: Schedule): boolean =>
  commands.some((command) => command.kind === 'suspend' && command.background) &&
  commands.some((command) => command.kind === 'queueing' && command.word === 'queue_if_no_path');

/** Runs beside the schedule, late, so that only I/O that would wait for ever sees it. */
export function startRescue(world: World, schedule: Schedule): void {
  if (mayWaitForEver(schedule)) spawn(world.machine.sim, 'rescue', () => rescue(world));
}

function* rescue(world: World): Task<number> {
  const { dm } = world.machine;
  for (let i = 0; i < RESCUES; i++) {
    yield* sleepFor(seconds(RESCUE_SECONDS));
    if (world.outstanding > 0) world.rescued = true;
    targetMessage(dm, { name: MAP }, { sector: 0n, message: RESCUE_MESSAGE });
  }
  // A suspend that it ended came after everything was put right: nobody else would resume the map.
  yield* sleepFor(seconds(1));
  yield* devResume(dm, { name: MAP }, { noflush: true, lockFs: true });
  return 0;
}
