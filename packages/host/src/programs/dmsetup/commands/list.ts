// list.ts — `dmsetup ls` in its three forms, `targets`, `target-version`, `version`, `mknodes`, `splitname`, `help`.
import { complain } from '@dmsim/coreutils';
import { findCell, getTargetType, listVersions } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import { ioctlFailed } from '../device-ref.ts';
import { blockName } from '../devices.ts';
import { deviceName, unmangle } from '../names.ts';
import { makeAllNodes, makeNodes } from '../nodes.ts';
import { REPORT_HELP } from '../report/field-help.ts';
import type { Call, Run } from '../run.ts';
import { splitName } from '../split-name.ts';
import { buildTree } from '../tree/dep-tree.ts';
import { drawTree, parseTreeOptions } from '../tree/tree-drawing.ts';
import { USAGE } from '../usage.ts';
import { nameOf } from './deps.ts';
import { forEachDevice } from './info.ts';
import { lsTarget } from './status.ts';

export function* ls(run: Run, call: Call): Task<boolean> {
  const { switches } = run;
  if (switches.has('target') || switches.has('exec'))
    return yield* forEachDevice(run, call, lsTarget);
  if (switches.has('tree')) return yield* lsTree(run, call);
  return yield* forEachDevice(run, call, lsName);
}

function lsName(run: Run, { listed: name = '' }: Call): boolean {
  const cell = findCell(run.dm, { name });
  if (cell === undefined) return true;
  const dev = { major: run.dm.major, minor: cell.md.minor };
  run.tool.out.put(`${unmangle(name)}\t(${nameOf(run, dev) ?? `${dev.major}:${dev.minor}`})\n`);
  return true;
}

function* lsTree(run: Run, call: Call): Task<boolean> {
  const options = parseTreeOptions(run.switches.value('o') ?? '');
  if ('error' in options) return false;
  // The command itself prints that there are none.
  yield* forEachDevice(run, call, () => true);
  const name = ({ major, minor }: { major: number; minor: number }): string | undefined =>
    blockName(run, major, minor);
  run.tool.out.put(drawTree(buildTree(run), options, name));
  return true;
}

const formatVersion = ({ name, version }: { name: string; version: string }): string =>
  `${name.padEnd(16)} v${version}\n`;

export function targets(run: Run): boolean {
  for (const entry of listVersions(run.dm)) run.tool.out.put(formatVersion(entry));
  return true;
}

export function* targetVersion(run: Run, { args: [name = ''] }: Call): Task<boolean> {
  const type = getTargetType(run.dm, name);
  if (type === undefined) return yield* ioctlFailed(run, 'target-version', { name }, 'EINVAL');
  run.tool.out.put(formatVersion({ name, version: type.version.join('.') }));
  return true;
}

export function version({ tool }: Run): boolean {
  tool.out.put('Library version:   1.02.185 (2022-05-18)\nDriver version:    4.48.0\n');
  return true;
}

export function* mknodes(run: Run, { args: [word] }: Call): Task<boolean> {
  if (word === undefined) {
    yield* makeAllNodes(run);
    return true;
  }
  const name = yield* deviceName(run, word);
  if (name === null) return false;
  yield* makeNodes(run, name);
  return true;
}

/** `splitname <name> [<subsystem>]` */
export function* splitname(
  run: Run,
  { args: [name = '', subsystem = 'LVM'] }: Call,
): Task<boolean> {
  if (run.report === null) return true;
  const split = splitName(subsystem, name);
  return yield* run.report.addName(split);
}

export function* help({ tool, switches }: Run): Task<boolean> {
  yield* complain(tool, USAGE);
  if (switches.has('c')) yield* complain(tool, REPORT_HELP);
  return true;
}
