// path-validity.ts — The answers of `multipath -u`, for udev's rules.
import type { Process, Task } from '@dmsim/sim';

import { loadConfig } from './config/load-config.ts';
import type { MultipathHost } from './host.ts';
import { createLog } from './log.ts';
import type { PathValidity } from './maps/path-valid.ts';
import { isPathValid } from './maps/path-valid.ts';
import { programSession } from './session.ts';

export interface ValidityQuestion {
  /** `sda` */
  readonly dev: string;
  /** udev gave it away before. */
  readonly released: boolean;
}

/** The lines that multipath prints; undefined if it failed. */
export function* pathValidity(
  host: MultipathHost,
  process: Process,
  { dev, released }: ValidityQuestion,
): Task<Exclude<PathValidity, 'error'> | undefined> {
  const log = createLog(host.sim, 0, () => undefined);
  const config = yield* loadConfig({ process, root: host.root, log });
  if (config === null) return undefined;
  const session = programSession({ host, log, process, config });
  const verdict = yield* isPathValid(session, dev, { released, needsDaemon: true });
  return verdict === 'error' ? undefined : verdict;
}
