// time-zone.ts — TZ, as far as it means UTC.
import { isUtc } from '@dmsim/libc';

import { refuse } from './refuse.ts';
import type { Tool } from './tool.ts';

/** Refuses a time zone other than UTC. Called before a time is shown. */
export function checkZone(t: Tool): void {
  const zone = t.context.env.get('TZ');
  if (!isUtc(zone)) refuse(t, `TZ=${zone}`);
}
