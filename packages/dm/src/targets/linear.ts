// linear.ts — A range of one device. Mirrors drivers/md/dm-linear.c.
import { getDevice, putDevice } from '../table/dm-device.ts';
import { parseSector } from '../table/parse-number.ts';
import type { DmDev } from '../table/table.ts';
import type { CtrResult, DmTarget, TargetType } from '../target-type.ts';

interface Linear {
  readonly dev: DmDev;
  readonly start: number;
}

/** <dev> <start> */
function ctr(ti: DmTarget<Linear>, argv: readonly string[]): CtrResult<Linear> {
  const [path, offset] = argv;
  if (argv.length !== 2 || path === undefined || offset === undefined) {
    return { error: 'Invalid argument count', errno: 'EINVAL' };
  }
  const start = parseSector(offset);
  if (start === null) return { error: 'Invalid device sector', errno: 'EINVAL' };
  const dev = getDevice(ti, path);
  if (typeof dev === 'string') return { error: 'Device lookup failed', errno: dev };
  ti.numFlushBios = 1;
  ti.numDiscardBios = 1;
  ti.numWriteZeroesBios = 1;
  ti.flushBypassesMap = true;
  return { state: { dev, start } };
}

export const linearTarget: TargetType<Linear> = {
  name: 'linear',
  version: [1, 4, 0],
  ctr,
  dtr: (ti) => putDevice(ti, ti.state.dev),
  map(ti, bio) {
    const { dev, start } = ti.state;
    bio.dev = dev.bdev;
    bio.sector = start + (bio.sector - ti.begin);
    return 'remapped';
  },
  status: (ti, kind) => (kind === 'info' ? '' : `${ti.state.dev.name} ${ti.state.start}`),
  measure: ({ state: { dev, start } }) => `device_name=${dev.name},start=${start}`,
  prepareIoctl({ state: { dev, start }, len }) {
    return { dev: dev.bdev, partial: start !== 0 || len !== dev.bdev.capacity };
  },
  locate: ({ begin, state: { dev, start } }, sector) => ({ dev, sector: start + sector - begin }),
  iterateDevices: (ti, fn) => fn(ti.state.dev, ti.state.start, ti.len),
};
