// human-snapshots.ts — The human monitor's savevm, loadvm and delvm, as far as they are refused. Mirrors block/snapshot.c: bdrv_all_can_snapshot.
import type { BlockNode } from '../../block/node.ts';
import { primaryChild } from '../../block/node.ts';
import type { Vm } from '../../vm/vm.ts';
import { parseArguments } from '../human-arguments.ts';

const PARAMS: Readonly<Record<string, string>> = {
  savevm: 'name:s?',
  loadvm: 'name:s',
  delvm: 'name:s',
};

/** Returns the monitor's answer; null if the line is none of these, or if the disks could take a snapshot. */
export function humanSnapshot(vm: Vm, command: string, rest: string): string | null {
  const params = PARAMS[command];
  if (params === undefined) return null;
  const given = parseArguments(command, params, rest);
  if (typeof given === 'string') return given;
  const unfit = disksOf(vm).find((node) => !keepsSnapshots(node));
  return unfit === undefined
    ? null
    : `Error: Device '${deviceName(vm, unfit)}' is writable but does not support snapshots\r\n`;
}

/** The nodes that are written to through a backend, and those of the user's that nobody uses. */
function disksOf({ layer }: Vm): BlockNode[] {
  const { backends, roots, nodes } = layer;
  const used = [...backends.filter(({ inserted }) => inserted), ...roots].map(({ node }) => node);
  const unused = [...nodes.values()].filter(
    ({ monitorOwned, users }) => monitorOwned && users.length === 0,
  );
  return [...new Set([...used, ...unused])].filter(({ readOnly }) => !readOnly);
}

function keepsSnapshots(node: BlockNode): boolean {
  if (node.driver.name === 'qcow2') return true;
  const below = node.children.length === 1 ? primaryChild(node) : undefined;
  return below !== undefined && !below.readOnly && keepsSnapshots(below);
}

const deviceName = ({ layer }: Vm, node: BlockNode): string =>
  layer.backends.find((blk) => blk.node === node && blk.name !== '')?.name ?? node.name;
