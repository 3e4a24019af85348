// session.ts — One run of multipath or multipathd: its configuration, the paths and maps it knows. Mirrors libmultipath/structs.h: struct vectors.
import type { Process } from '@dmsim/sim';

import type { Config } from './config/config.ts';
import type { MultipathHost } from './host.ts';
import type { Libraries } from './libraries.ts';
import { createLibraries } from './libraries.ts';
import type { Log } from './log.ts';
import type { Multipath } from './multipath.ts';
import type { Path } from './path.ts';
import { closePath } from './path.ts';
import type { Sample } from './shaky-path.ts';

export interface Session {
  readonly host: MultipathHost;
  readonly log: Log;
  /** The process that opens files. */
  readonly process: Process;
  /** The directory in which its relative paths begin. */
  readonly cwd: string;
  readonly isDaemon: boolean;
  config: Config;
  /** In the order in which they were found. */
  paths: Path[];
  /** In the order in which they were made or found. */
  maps: Multipath[];
  /** Paths that may go when their map's table has them no more; some of them may have been forgotten, or taken back. */
  readonly leaving: Set<Path>;
  /** True in a program, and in the daemon for code that holds its lock. */
  readonly mayChangeMaps: () => boolean;
  /** `multipath -p`: whatever the configuration says. */
  groupingPolicy: string | null;
  /** `multipath -q`: maps may queue though no daemon runs. */
  allowQueueing: boolean;
  /** `multipath -B`: no new names are given. */
  bindingsReadOnly: boolean;
  /** Shaky paths that are being read; null until a map asks for that. */
  samples: Sample[] | null;
  /** Starts the thread that reads them; null in a program, which ends before it would have read anything. */
  sampler: { readonly start: () => void } | null;
  readonly libraries: Libraries;
  /** It was said once that san_path_err_… has a successor. */
  saidDeprecated: boolean;
}

/** The session of a program, which runs once and alone. */
export const programSession = (
  base: Pick<Session, 'host' | 'log' | 'process' | 'config'>,
): Session => ({
  isDaemon: false,
  cwd: '/',
  paths: [],
  maps: [],
  leaving: new Set(),
  mayChangeMaps: () => true,
  groupingPolicy: null,
  allowQueueing: false,
  bindingsReadOnly: false,
  samples: null,
  sampler: null,
  libraries: createLibraries(),
  saidDeprecated: false,
  ...base,
});

/** Forgets a path, and closes its node (free_path). */
export function dropPath(session: Pick<Session, 'paths'>, path: Path): void {
  session.paths = session.paths.filter((other) => other !== path);
  closePath(path);
}

export const findPath = ({ paths }: Pick<Session, 'paths'>, dev: string): Path | undefined =>
  paths.find((path) => path.dev === dev);

export const findPathByNumber = (paths: readonly Path[], devT: string): Path | undefined =>
  paths.find((path) => path.devT === devT);

/** Finds a path, and logs it if there is none of that name. */
export function lookUpPath(session: Pick<Session, 'paths' | 'log'>, dev: string): Path | undefined {
  const path = findPath(session, dev);
  if (path === undefined) session.log.put(4, `${dev}: dev not found in pathvec`);
  return path;
}

/** Logs it if there is no device of that number. */
export function tellUnknownNumber({ log }: Session, paths: readonly Path[], devT: string): void {
  if (log.verbosity < 4 || findPathByNumber(paths, devT) !== undefined) return;
  log.put(4, `${devT}: dev_t not found in pathvec`);
}

export const findMapByWwid = (maps: readonly Multipath[], wwid: string): Multipath | undefined =>
  maps.find((map) => map.wwid === wwid);

export const findMapByAlias = (maps: readonly Multipath[], alias: string): Multipath | undefined =>
  maps.find((map) => map.alias === alias);
