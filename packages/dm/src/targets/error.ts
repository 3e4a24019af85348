// error.ts — Fails all I/O; may take the place of any other target. Mirrors drivers/md/dm-target.c: io_err_ctr, io_err_map, io_err_clone_and_map_rq.
import { getDevice, putDevice } from '../table/dm-device.ts';
import { parseSector } from '../table/parse-number.ts';
import type { DmDev } from '../table/table.ts';
import type { CtrResult, DmTarget, TargetType } from '../target-type.ts';

interface ErrorTarget {
  readonly dev: DmDev | null;
  readonly start: number;
}

/** [<dev> <start>]: any other number of arguments counts as none. */
function ctr(ti: DmTarget<ErrorTarget>, argv: readonly string[]): CtrResult<ErrorTarget> {
  ti.numDiscardBios = 1;
  ti.discardsSupported = true;
  const [path, offset] = argv;
  if (argv.length !== 2 || path === undefined || offset === undefined) {
    return { state: { dev: null, start: 0 } };
  }
  const start = parseSector(offset);
  if (start === null) return { error: 'Invalid device sector', errno: 'EINVAL' };
  const dev = getDevice(ti, path);
  if (typeof dev === 'string') return { error: 'Device lookup failed', errno: dev };
  return { state: { dev, start } };
}

export const errorTarget: TargetType<ErrorTarget> = {
  name: 'error',
  version: [1, 7, 0],
  features: { wildcard: true },
  ctr,
  dtr(ti) {
    if (ti.state.dev !== null) putDevice(ti, ti.state.dev);
  },
  map: () => 'kill',
  cloneAndMapRq: () => 'kill',
  iterateDevices(ti, fn) {
    if (ti.state.dev !== null) fn(ti.state.dev, ti.state.start, ti.len);
  },
};
