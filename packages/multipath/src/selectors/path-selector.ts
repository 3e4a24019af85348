// path-selector.ts — The contract between a priority group and its path selector. Mirrors drivers/md/dm-path-selector.h: struct path_selector_type.
import type { RateLimited } from '@dmsim/block';
import type { CtrFailure, DmDev } from '@dmsim/dm';
import type { Errno, Nanos, Sim } from '@dmsim/sim';

/** A path as a selector sees it. Mirrors struct dm_path. */
export interface DmPath<P = unknown> {
  readonly dev: DmDev;
  /** The selector's own data (pscontext), set by `addPath`. */
  context: P;
}

/** The parts of the machine that a selector may use. */
export interface SelectorHost {
  readonly sim: Sim;
  /** How many CPUs the machine may have; they are numbered from 0. */
  readonly nrCpus: number;
  readonly currentCpu: () => number;
  /** Makes a stream of random numbers in [0, 1) from the run's seed. The same name gives the same stream. */
  readonly random: (name: string) => () => number;
  /** State of rate-limited log lines, by function. */
  readonly rateLimits: RateLimited['rateLimits'];
}

/**
 * A path selector: a readonly record with a name, filled at the bottom of its file. `S` is its state in one priority
 * group, made by `create`; `P` is its data per path, which `addPath` sets in `path.context`. Calls for one group never
 * overlap.
 */
export interface PathSelectorType<S = unknown, P = unknown> {
  /** As table lines call it. */
  readonly name: string;
  /** On Linux it is a module, which logs this version when a table first names it. */
  readonly moduleVersion?: string;
  /** How many words `status` prints for a path in a table line and in a status line; both lines announce the number. */
  readonly tableArgs: number;
  readonly infoArgs: number;
  create(host: SelectorHost, args: readonly string[]): { readonly state: S } | Errno;
  destroy?(state: S): void;
  /** Adds an active path; called in order of the table line. A failure fails the table load. */
  addPath(state: S, path: DmPath<P>, args: readonly string[]): CtrFailure | undefined;
  /** Each word is followed by a space. With `path` null, prints the selector's own arguments, their number first. */
  status(state: S, path: DmPath<P> | null, kind: 'info' | 'table'): string;
  /** From now on the path must not be chosen. */
  failPath(state: S, path: DmPath<P>): void;
  /** From now on the path may be chosen again; an errno keeps it failed. */
  reinstatePath(state: S, path: DmPath<P>): Errno | undefined;
  /** Chooses the path for an I/O of `nrBytes`; null if no path of the group can be used. */
  selectPath(state: S, nrBytes: number): DmPath<P> | null;
  /** Called when an I/O is sent down the path. */
  startIo?(state: S, path: DmPath<P>, nrBytes: number): void;
  /**
   * Called when an I/O that was sent down the path at `startTime` comes back, successful or not. A bio that failed,
   * waited for a path and was then given up is reported a second time, as Linux does.
   */
  endIo?(state: S, path: DmPath<P>, nrBytes: number, startTime: Nanos): void;
}
