// parse-group.ts — A priority group of a table line. Mirrors dm-mpath.c: parse_priority_group, parse_path_selector.
import type { ArgSet, CtrFailure } from '@dmsim/dm';
import { argsLeft, readArg, readArgGroup, shiftArg, shiftArgs } from '@dmsim/dm';

import { freePriorityGroup } from './alloc-multipath.ts';
import type { Multipath, PriorityGroup } from './multipath.ts';
import { parsePath } from './parse-path.ts';
import { getPathSelector } from './selectors/registry.ts';

const SELECTOR_ARGS = { min: 0, max: 1024, error: 'invalid number of path selector args' };
const PATH_COUNT = { min: 1, max: 1024, error: 'invalid number of paths' };
const PATH_ARGS = { min: 0, max: 1024, error: 'invalid number of selector args' };

const invalid = (error: string): CtrFailure => ({ error, errno: 'EINVAL' });

/** <selector> <#selector args> [arg]* <#paths> <#args per path> { <dev> [arg]* }+ — appended to the target's groups. */
export function parsePriorityGroup(m: Multipath, args: ArgSet): CtrFailure | undefined {
  if (argsLeft(args) < 2) return invalid('not enough priority group arguments');
  const pg = parsePathSelector(m, args);
  if ('error' in pg) return pg;
  const failure = parsePaths(pg, args);
  if (failure !== undefined) {
    freePriorityGroup(pg);
    return failure;
  }
  m.priorityGroups.push(pg);
  m.nrValidPaths += pg.pgpaths.length;
  return undefined;
}

function parsePathSelector(m: Multipath, args: ArgSet): PriorityGroup | CtrFailure {
  const { selectorHost } = m.module;
  const requestModule = (module: string): void => m.md.dm.host.requestModule(module);
  const selector = getPathSelector(m.module, requestModule, shiftArg(args) ?? '');
  if (selector === undefined) return invalid('unknown path selector type');
  const count = readArgGroup(args, SELECTOR_ARGS);
  if (typeof count !== 'number') return count;
  const created = selector.create(selectorHost, shiftArgs(args, count));
  if (typeof created === 'string') {
    return { error: 'path selector constructor failed', errno: created };
  }
  return {
    m,
    pgNum: m.priorityGroups.length + 1,
    selector,
    selectorState: created.state,
    pgpaths: [],
    bypassed: false,
  };
}

function parsePaths(pg: PriorityGroup, args: ArgSet): CtrFailure | undefined {
  const nrPaths = readArg(args, PATH_COUNT);
  if (typeof nrPaths !== 'number') return nrPaths;
  const nrArgs = readArg(args, PATH_ARGS);
  if (typeof nrArgs !== 'number') return nrArgs;
  for (let i = 0; i < nrPaths; i++) {
    if (argsLeft(args) < 1 + nrArgs) return invalid('not enough path parameters');
    const dev = shiftArg(args) ?? '';
    const failure = parsePath(pg, dev, shiftArgs(args, nrArgs));
    if (failure !== undefined) return failure;
  }
  return undefined;
}
