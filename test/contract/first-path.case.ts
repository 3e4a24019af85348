// first-path.case.ts — A selector as a user writes one: the first path of the table line that works, so that the others idle.
import type { DmPath, PathSelectorType } from '@dmsim/multipath';

interface FirstPath {
  readonly paths: DmPath<{ failed: boolean }>[];
}

export const firstPath: PathSelectorType<FirstPath, { failed: boolean }> = {
  name: 'first-path',
  tableArgs: 0,
  infoArgs: 0,
  create: () => ({ state: { paths: [] } }),
  addPath({ paths }, path) {
    path.context = { failed: false };
    paths.push(path);
    return undefined;
  },
  status: (_state, path) => (path === null ? '0 ' : ''),
  failPath(_state, { context }) {
    context.failed = true;
  },
  reinstatePath(_state, { context }) {
    context.failed = false;
    return undefined;
  },
  selectPath: ({ paths }) => paths.find(({ context }) => !context.failed) ?? null,
};
