// path-validity.ts — What `multipath -u` answers, for udev's rules.
import type { Process, Task } from '@dmsim/sim';

import { loadConfig } from './config/load-config.ts';
import type { MultipathHost } from './host.ts';
import { createLog } from './log.ts';
import { isPathValid } from './maps/path-valid.ts';
import type { Session } from './session.ts';

export interface ValidityQuestion {
  /** `sda` */
  readonly dev: string;
  /** udev gave it away before. */
  readonly released: boolean;
}

/** The value of DM_MULTIPATH_DEVICE_PATH; undefined when multipath failed. */
export function* pathValidity(
  host: MultipathHost,
  process: Process,
  { dev, released }: ValidityQuestion,
): Task<'0' | '1' | '2' | undefined> {
  const log = createLog(host.sim, 0, () => undefined);
  const config = yield* loadConfig({ process, root: host.root, log });
  if (config === null) return undefined;
  const session: Session = {
    host,
    log,
    process,
    isDaemon: false,
    config,
    paths: [],
    maps: [],
    leaving: new Set(),
    mayChangeMaps: () => true,
    groupingPolicy: null,
    allowQueueing: false,
    bindingsReadOnly: true,
  };
  const verdict = yield* isPathValid(session, dev, { released, needsDaemon: true });
  return verdict === 'error' ? undefined : verdict.answer;
}
