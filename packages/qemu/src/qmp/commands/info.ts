// info.ts — The human monitor's `info`: block, status, name, version, block-jobs. Mirrors block/monitor/block-hmp-cmds.c, monitor/hmp-cmds.c.
import type { BlockBackend } from '../../block/backend.ts';
import { nodeFilename } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import { childNode, skipImplicit } from '../../block/node.ts';
import { optionalFlag } from '../../drivers/options.ts';
import { progressTotal } from '../../jobs/job.ts';
import type { Vm } from '../../vm/vm.ts';
import { isRunning } from '../../vm/vm.ts';
import { isJsonObject } from '../json.ts';
import { isShown } from './query-block.ts';

/** Runs `info` and returns what it prints, or null if it is not simulated. Lines end in `\r\n`. */
export function humanInfo(vm: Vm, words: readonly string[]): string | null {
  const [what = '', ...rest] = words;
  switch (what) {
    case 'block':
      return infoBlock(vm, rest);
    case 'status':
      return `VM status: ${statusText(vm)}\r\n`;
    case 'name':
      return vm.guestName === null ? '' : `${vm.guestName}\r\n`;
    case 'version':
      return `7.2.22${vm.package}\r\n`;
    case 'uuid':
      return '00000000-0000-0000-0000-000000000000\r\n';
    case 'block-jobs':
      return infoJobs(vm);
    default:
      return null;
  }
}

function statusText(vm: Vm): string {
  if (isRunning(vm)) return 'running';
  return vm.runState === 'paused' ? 'paused' : `paused (${vm.runState})`;
}

function infoJobs({ jobs }: Vm): string {
  if (jobs.length === 0) return 'No active jobs\r\n';
  return jobs
    .toReversed()
    .map((job) => {
      const done = `Completed ${job.progress.current} of ${progressTotal(job)} bytes`;
      return `Type ${job.driver.type}, device ${job.id}: ${done}, speed limit ${job.speed} bytes/s\r\n`;
    })
    .join('');
}

/** Prints the devices, or one device if it is named. `-n` prints nodes; `-v` is not simulated. */
function infoBlock(vm: Vm, words: readonly string[]): string | null {
  if (words.includes('-v')) return null;
  const { layer } = vm;
  const name = words.find((word) => !word.startsWith('-'));
  const texts = words.includes('-n')
    ? [...layer.nodes.values()]
        .toReversed()
        .filter((node) => name === undefined || node.name === name)
        .map((node) => describe(node.name, node, null))
    : layer.backends
        .filter(isShown)
        .filter((blk) => name === undefined || blk.name === name)
        .map((blk) => describe(titleOf(blk), skipImplicit(blk.node), blk));
  return texts.join('\r\n');
}

const titleOf = ({ name, node }: BlockBackend): string => {
  const { name: below } = skipImplicit(node);
  if (name === '') return below;
  return below.startsWith('#') ? `${name} (${below})` : `${name} (${below})`;
};

function describe(title: string, node: BlockNode, blk: BlockBackend | null): string {
  const readOnly = node.readOnly ? ', read-only' : '';
  const lines = [`${title}: ${nodeFilename(node)} (${node.driver.name}${readOnly})`];
  if (blk !== null && blk.qdev !== null) lines.push(`    Attached to:      ${blk.qdev}`);
  lines.push(`    Cache mode:       ${cacheMode(node, blk?.writeCache ?? true)}`);
  const backing = childNode(node, 'backing');
  if (backing !== undefined)
    lines.push(`    Backing file:     ${nodeFilename(backing)} (chain depth: ${depthOf(node)})`);
  return lines.map((line) => `${line}\r\n`).join('');
}

function cacheMode({ options }: BlockNode, writeback: boolean): string {
  const { cache } = options;
  const flag = (name: string): boolean => isJsonObject(cache) && optionalFlag(cache[name]) === true;
  const modes = [writeback ? 'writeback' : 'writethrough'];
  if (flag('direct')) modes.push('direct');
  if (flag('no-flush')) modes.push('ignore flushes');
  return modes.join(', ');
}

function depthOf(node: BlockNode): number {
  const backing = childNode(node, 'backing');
  return backing === undefined ? 0 : 1 + depthOf(backing);
}
