// multipath-dump-config.ts — `multipath -t` and `-T`: prints the configuration in force.
import type { Task } from '@dmsim/sim';

import { printConfig } from '../config/print-config.ts';
import { pathDiscovery } from '../discovery/path-discovery.ts';
import { ALL } from '../discovery/pathinfo.ts';
import { usedDevices } from '../maps/used-devices.ts';
import { tellPaths } from '../print/path-list.ts';
import type { Session } from '../session.ts';
import { findMaps } from './multipath-maps.ts';
import type { Run } from './multipath.ts';
import type { Output } from './output.ts';

/** Prints every built-in device entry, too. */
export function printWholeConfig({ config }: Session, output: Output): number {
  output.out(printConfig(config, { devices: config.devices, maps: null }));
  return 0;
}

/** Prints the device entries of the arrays that are attached, and the maps that there are. */
export function* dumpConfig({ session, output }: Run): Task<number> {
  yield* pathDiscovery(session, ALL);
  tellPaths(session, output);
  yield* findMaps(session, { wwid: null, mask: ALL });
  const devices = usedDevices(session);
  output.out(printConfig(session.config, { devices, maps: session.maps }));
  return 0;
}
