// least-latency.ts — Chooses the path that would be done first: its average latency times the I/Os in flight on it.
import type { DmPath, PathSelectorType, SelectorHost } from '@dmsim/multipath';

/** The weight of the newest latency in the average. */
const WEIGHT = 0.2;
/** An average counts half once this long (ns) has passed without an I/O, so that a path that was slow is tried again. */
const HALF_LIFE = 1e9;

interface Seen {
  average: number;
  lastEnd: number;
  inFlight: number;
}

interface State {
  readonly host: SelectorHost;
  readonly valid: DmPath<Seen>[];
}

function expected({ average, lastEnd, inFlight }: Seen, now: number): number {
  return average * 0.5 ** ((now - lastEnd) / HALF_LIFE) * (inFlight + 1);
}

export const leastLatency: PathSelectorType<State, Seen> = {
  name: 'least-latency',
  tableArgs: 0,
  infoArgs: 2,

  create: (host, args) => (args.length === 0 ? { state: { host, valid: [] } } : 'EINVAL'),

  addPath({ valid }, path, args) {
    if (args.length > 0) return { error: 'least-latency ps: too many arguments', errno: 'EINVAL' };
    path.context = { average: 0, lastEnd: 0, inFlight: 0 };
    valid.push(path);
    return undefined;
  },

  failPath({ valid }, path) {
    valid.splice(valid.indexOf(path), 1);
  },

  reinstatePath({ valid }, path) {
    path.context.average = 0;
    valid.push(path);
    return undefined;
  },

  selectPath({ host, valid }) {
    let [best] = valid;
    let least = Infinity;
    for (const path of valid) {
      const time = expected(path.context, host.sim.now);
      if (time < least) [best, least] = [path, time];
    }
    return best ?? null;
  },

  startIo(_state, { context }) {
    context.inFlight++;
  },

  endIo({ host }, { context }, _nrBytes, startTime) {
    const { now } = host.sim;
    context.inFlight--;
    context.average += WEIGHT * (now - startTime - context.average);
    context.lastEnd = now;
  },

  status(_state, path, kind) {
    if (path === null) return '0 ';
    const { average, inFlight } = path.context;
    return kind === 'table' ? '' : `${Math.round(average / 1000)} ${inFlight} `;
  },
};
