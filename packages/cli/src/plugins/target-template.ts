// target-template.ts — The file that `dmsim new target` writes: a range of one device, as linear is.

/** `name` is what table lines call it by: `my-target`. */
export const targetTemplate = (
  name: string,
): string => `// ${name} — A target type for dmsim. docs/testing-your-own.md has targets that keep I/O, and shows how schedules are run over them.
import { getDevice, parseSector, putDevice } from '@dmsim/kit';
import type { DmDev, TargetType } from '@dmsim/kit';

/** Your data for each line of a table. */
interface State {
  readonly dev: DmDev;
  /** On the device, in sectors of 512 bytes. */
  readonly start: number;
}

export const target: TargetType<State> = {
  /** As table lines call it: 0 2048 ${name} 8:0 0 */
  name: '${name}',
  version: [1, 0, 0],

  /** Reads the words that stand behind the name in a table line: DEVICE SECTOR. Answers the state, or what is wrong with them. */
  ctr(ti, [path, sector, ...extra]) {
    if (path === undefined || sector === undefined || extra.length > 0) {
      return { error: 'Invalid argument count', errno: 'EINVAL' };
    }
    const start = parseSector(sector);
    if (start === null) return { error: 'Invalid device sector', errno: 'EINVAL' };
    const dev = getDevice(ti, path);
    if (typeof dev === 'string') return { error: 'Device lookup failed', errno: dev };
    return { state: { dev, start } };
  },
  dtr: (ti) => putDevice(ti, ti.state.dev),

  /** Decides about each bio: 'remapped' sends it to bio.dev and bio.sector; 'submitted' keeps it; 'requeue' gives it back; 'kill' fails it. */
  map({ begin, state }, bio) {
    bio.dev = state.dev.bdev;
    bio.sector = state.start + (bio.sector - begin);
    return 'remapped';
  },
  /** Called when a bio comes back from below: 'done' ends it with bio.status, 'requeue' gives it back. */
  endIo: () => 'done',

  /** What dmsetup status ('info') and dmsetup table print behind the name. */
  status: ({ state }, kind) => (kind === 'info' ? '' : \`\${state.dev.name} \${state.start}\`),
  iterateDevices: ({ state, len }, fn) => fn(state.dev, state.start, len),
  /** Where a sector of the map is below. Invariants follow the data so; leave it out if they may be anywhere. */
  locate: ({ begin, state }, sector) => ({ dev: state.dev, sector: state.start + (sector - begin) }),
};
`;
