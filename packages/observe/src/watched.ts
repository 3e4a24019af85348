// watched.ts — The parts of a machine that are needed to make sense of its trace.
import type { BlockLayer } from '@dmsim/block';
import type { DeviceMapper } from '@dmsim/dm';
import type { Sim } from '@dmsim/sim';

import type { TraceStream } from './events.ts';

export interface Watched {
  readonly sim: Sim;
  readonly layer: BlockLayer;
  readonly dm: DeviceMapper;
  readonly events: TraceStream;
}
