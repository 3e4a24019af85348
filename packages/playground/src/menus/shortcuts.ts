// shortcuts.ts — Deeds on single keys: a rare interleaving takes one key press, and no luck.
import { DM_TRACE, SUSPEND_PHASES } from '@dmsim/dm';
import type { MapSurvey, Recording } from '@dmsim/observe';
import { pointOf, surveyAt, timeOf } from '@dmsim/observe';
import { RECORD_WIDTH } from '@dmsim/sim';

import { interfere } from '../model/fork.ts';
import { cursor, instant, moveTo, notice, run } from '../model/session.ts';
import { nthAtTime } from '../timeline/fold.ts';
import { pause } from '../timeline/play.ts';
import { allPathsBack, allPathsDown, replug, writeTo } from './deeds.ts';

/** Returns the map that the keys act on: the first multipath map, else the first map. */
export function chosenMap(): MapSurvey | undefined {
  const maps = instant.value?.survey.maps ?? [];
  return maps.find(({ live }) => live?.multipath !== null && live !== null) ?? maps[0];
}

function act(command: (map: MapSurvey) => string): void {
  pause();
  const map = chosenMap();
  const text = map === undefined ? '' : command(map);
  if (text === '') notice.value = 'There is no mapped device with paths at this instant.';
  else void interfere({ text, by: 'apart' });
}

const down = (map: MapSurvey): string =>
  instant.value === null ? '' : allPathsDown(instant.value.survey, map);

export const takeAllPathsDown = (): void => act(down);
export const bringAllPathsBack = (): void =>
  act((map) => (instant.value === null ? '' : allPathsBack(instant.value.survey, map)));
export const plugInUnderAnotherName = (): void =>
  act((map) => (instant.value === null ? '' : replug(instant.value.survey, map)));
export const writeABlock = (): void => act(({ name }) => writeTo(name));
export const suspendOrResume = (): void =>
  act(({ name, suspended }) =>
    suspended ? `dmsetup resume ${name}` : `dmsetup suspend --noflush ${name}`,
  );
export const suspendWithFlush = (): void => act(({ name }) => `dmsetup suspend ${name}`);

/** Finds the next records that begin a suspend, from an instant on. */
function suspendFrom(recording: Recording, from: number): number | null {
  for (let nth = from + 1; nth <= recording.count; nth++) {
    const begins =
      pointOf(recording, nth) === DM_TRACE.dm_suspend.code &&
      SUSPEND_PHASES[recording.records[(nth - 1) * RECORD_WIDTH + 3] as number] === 'begin';
    // The first suspend of a device is a part of its creation, when it has no paths yet.
    const dev = recording.records[(nth - 1) * RECORD_WIDTH + 2];
    const { maps } = surveyAt(recording, nth);
    if (begins && maps.some((map) => map.dev === dev && map.live !== null)) return nth;
  }
  return null;
}

/** The virtual ns between the loss of the paths and the suspend, in the variant that keeps them apart. */
const SPREAD = 1e9;

/** Loses all paths at the instant at which the next suspend begins, or a second before it. */
export function losePathsAtSuspend(when: 'aligned' | 'spread'): void {
  pause();
  const recording = run.value?.result.recording;
  if (recording === undefined) return;
  const nth = suspendFrom(recording, cursor.value) ?? suspendFrom(recording, 0);
  if (nth === null) {
    notice.value = 'Nothing that has a table is suspended in this lab.';
    return;
  }
  const at = when === 'aligned' ? nth : nthAtTime(recording, timeOf(recording, nth) - SPREAD);
  const { maps } = surveyAt(recording, at);
  if (maps.length === 0) {
    notice.value = 'There is no mapped device yet a second before the suspend.';
    return;
  }
  moveTo(at);
  takeAllPathsDown();
}
