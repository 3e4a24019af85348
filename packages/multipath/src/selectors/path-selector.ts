// path-selector.ts — What a path selector is to a priority group. Mirrors drivers/md/dm-path-selector.h: struct path_selector_type.
import type { RateLimited } from '@dmsim/block';
import type { CtrFailure, DmDev } from '@dmsim/dm';
import type { Errno, Nanos, Sim } from '@dmsim/sim';

/** A path as a selector sees it. Mirrors struct dm_path. */
export interface DmPath<P = unknown> {
  readonly dev: DmDev;
  /** The selector's own (pscontext): set by `addPath`. */
  context: P;
}

/** What a selector can ask of the machine. */
export interface SelectorHost {
  readonly sim: Sim;
  /** CPUs the machine may have; numbers run from 0. */
  readonly nrCpus: number;
  readonly currentCpu: () => number;
  /** A stream of chance of that name, from the seed of the run: numbers from 0 to below 1. The same name, the same stream. */
  readonly random: (name: string) => () => number;
  /** Lines printed so far at places that are rate limited, by function. */
  readonly rateLimits: RateLimited['rateLimits'];
}

/**
 * A path selector: a readonly record with a name, filled at the bottom of its file. `S` is its state in one priority
 * group, made by `create`; `P` what it keeps in `path.context`, set by `addPath`. The calls of one group never overlap.
 */
export interface PathSelectorType<S = unknown, P = unknown> {
  /** As table lines call it. */
  readonly name: string;
  /** Linux has it as a module of its own, which says its version when a table first names it. */
  readonly moduleVersion?: string;
  /** Words that `status` prints for a path: in a table line, in a status line. Both lines announce them. */
  readonly tableArgs: number;
  readonly infoArgs: number;
  create(host: SelectorHost, args: readonly string[]): { readonly state: S } | Errno;
  destroy?(state: S): void;
  /** A path of the group, in order of the table line, active. What it answers fails the table load. */
  addPath(state: S, path: DmPath<P>, args: readonly string[]): CtrFailure | undefined;
  /** Each word followed by a space. For `path` null: the selector's own arguments, their number first. */
  status(state: S, path: DmPath<P> | null, kind: 'info' | 'table'): string;
  /** From now on the path must not be chosen. */
  failPath(state: S, path: DmPath<P>): void;
  /** It may be chosen again; an errno keeps it failed. */
  reinstatePath(state: S, path: DmPath<P>): Errno | undefined;
  /** The path for an I/O of that size, or null when none of the group can be used. */
  selectPath(state: S, nrBytes: number): DmPath<P> | null;
  /** An I/O goes down the path. */
  startIo?(state: S, path: DmPath<P>, nrBytes: number): void;
  /**
   * An I/O that was sent down the path at `startTime` is back, whatever became of it. A bio that failed, waited for a
   * path and was then given up is reported a second time, as Linux does.
   */
  endIo?(state: S, path: DmPath<P>, nrBytes: number, startTime: Nanos): void;
}
