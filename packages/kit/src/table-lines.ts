// table-lines.ts — A table as the lines dmsetup takes, with whatever a path is called where they are used.
import type { MultipathTable, Selector, Table } from './schedule.ts';
import { MAP_SECTORS } from './schedule.ts';

export interface TableLine {
  readonly start: number;
  readonly length: number;
  readonly type: string;
  readonly params: string;
}

const CHUNK = 8;

/** The words that each path has after its name. */
const PATH_ARGS: Readonly<Record<Selector, readonly string[]>> = {
  'round-robin': ['1'],
  'queue-length': ['1'],
  'service-time': ['1', '1'],
  'historical-service-time': ['1'],
  'io-affinity': ['1'],
};

export function tableLines(table: Table, device: (path: number) => string): TableLine[] {
  switch (table.type) {
    case 'multipath':
      return [whole('multipath', multipathParams(table, device))];
    case 'linear':
      return linearLines(table.parts, device);
    case 'striped': {
      // Each stripe has a place of its own on the medium, which is the same behind all paths.
      const devices = table.stripes
        .map((path, i) => `${device(path)} ${i * MAP_SECTORS}`)
        .join(' ');
      return [whole('striped', `${table.stripes.length} ${CHUNK} ${devices}`)];
    }
    case 'target':
      return [
        whole(
          table.target,
          table.params.replaceAll(/\$([0-3])/g, (_, path) => device(Number(path))),
        ),
      ];
  }
}

const whole = (type: string, params: string): TableLine => ({
  start: 0,
  length: MAP_SECTORS,
  type,
  params,
});

function linearLines(parts: readonly number[], device: (path: number) => string): TableLine[] {
  const length = MAP_SECTORS / parts.length;
  return parts.map((path, i) => ({
    start: i * length,
    length,
    type: 'linear',
    params: `${device(path)} ${i * length}`,
  }));
}

function multipathParams(
  { mode, queueIfNoPath, selector, ownSelector, groups }: MultipathTable,
  device: (path: number) => string,
): string {
  const features = [...(queueIfNoPath ? ['queue_if_no_path'] : []), 'queue_mode', mode];
  const { name, args } = ownSelector ?? { name: selector, args: [] };
  const argsOf = (path: number): readonly string[] =>
    ownSelector === undefined ? PATH_ARGS[selector] : (ownSelector.pathArgs[path] ?? []);
  const perPath = argsOf(0).length;
  const lines = groups.map((paths) => {
    const listed = paths.map((path) => [device(path), ...argsOf(path)].join(' '));
    return [name, args.length, ...args, paths.length, perPath, ...listed].join(' ');
  });
  return `${features.length} ${features.join(' ')} 0 ${groups.length} 1 ${lines.join(' ')}`;
}
