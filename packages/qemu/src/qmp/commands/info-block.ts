// info-block.ts — The human monitor's `info block` and `info blockstats`. Mirrors block/monitor/block-hmp-cmds.c: print_block_info, hmp_info_blockstats.
import { ioStatusIsPublished } from '../../block/backend-errors.ts';
import type { BlockBackend } from '../../block/backend.ts';
import { nodeFilename } from '../../block/node-filename.ts';
import type { BlockNode } from '../../block/node.ts';
import { childNode, skipImplicit } from '../../block/node.ts';
import { LIMIT_NAMES } from '../../block/throttle-config.ts';
import { optionalFlag } from '../../drivers/options.ts';
import type { Vm } from '../../vm/vm.ts';
import type { HumanArgs } from '../human-arguments.ts';
import { isJsonObject } from '../json.ts';
import { imageLines } from './image-text.ts';
import { LIMIT_KEYS } from './io-throttle.ts';
import { imageDepth, imageInfo, isShown } from './query-block.ts';

interface Entry {
  readonly key: string;
  readonly node: BlockNode;
  readonly blk: BlockBackend | null;
}

/** Prints the devices, or the one device or node that is named. `-n` prints nodes, `-v` what is known of their images. */
export function infoBlock({ layer }: Vm, { device: name, nodes, verbose }: HumanArgs): string {
  const devices = layer.backends
    .filter(isShown)
    .map((blk): Entry => ({ key: blk.name, node: blk.node, blk }));
  const ofNodes =
    nodes === true || (name !== undefined && devices.every(({ key }) => key !== name));
  const entries = ofNodes
    ? [...layer.nodes.values()]
        .toReversed()
        .map((node): Entry => ({ key: node.name, node, blk: null }))
    : devices;
  return entries
    .map(({ key, node, blk }, i) =>
      name === undefined || key === name
        ? (i === 0 ? '' : '\r\n') + describe(node, blk, verbose === true)
        : '',
    )
    .join('');
}

function describe(given: BlockNode, blk: BlockBackend | null, verbose: boolean): string {
  const node = blk === null ? given : skipImplicit(given);
  const lines =
    blk?.inserted === false
      ? [`${blk.name === '' ? String(blk.qdev) : blk.name}: [not inserted]`, ...deviceLines(blk)]
      : [
          `${titleOf(node, blk)}: ${nodeFilename(node)} (${node.driver.name}${node.readOnly ? ', read-only' : ''})`,
          ...(blk === null ? [] : deviceLines(blk)),
          ...nodeLines(node, blk),
        ];
  if (verbose && blk?.inserted !== false)
    lines.push('', 'Images:', ...imageLines(imageInfo(node, { skipsImplicit: true })));
  return lines.map((line) => `${line}\r\n`).join('');
}

const titleOf = (node: BlockNode, blk: BlockBackend | null): string =>
  blk === null || blk.name === '' ? node.name : `${blk.name} (${node.name})`;

function deviceLines(blk: BlockBackend): string[] {
  const lines: string[] = [];
  if (blk.qdev !== null) lines.push(`    Attached to:      ${blk.qdev}`);
  if (ioStatusIsPublished(blk) && blk.ioStatus !== 'ok')
    lines.push(`    I/O status:       ${blk.ioStatus}`);
  if (blk.qdev === null || blk.tray !== null)
    lines.push(`    Removable device: not locked, tray ${blk.tray ?? 'closed'}`);
  return lines;
}

function nodeLines(node: BlockNode, blk: BlockBackend | null): string[] {
  const lines = [`    Cache mode:       ${cacheMode(node, blk?.writeCache ?? true)}`];
  const backing = childNode(node, 'backing');
  if (backing !== undefined)
    lines.push(
      `    Backing file:     ${nodeFilename(backing)} (chain depth: ${imageDepth(node, { skipsImplicit: true })})`,
    );
  if (node.detectZeroes !== 'off') lines.push(`    Detect zeroes:    ${node.detectZeroes}`);
  return blk === null || blk.throttled === null
    ? lines
    : [...lines, limitsLine(blk.throttled.group)];
}

function cacheMode({ options }: BlockNode, writeback: boolean): string {
  const { cache } = options;
  const flag = (name: string): boolean => isJsonObject(cache) && optionalFlag(cache[name]) === true;
  const modes = [writeback ? 'writeback' : 'writethrough'];
  if (flag('direct')) modes.push('direct');
  if (flag('no-flush')) modes.push('ignore flushes');
  return modes.join(', ');
}

type Group = NonNullable<BlockBackend['throttled']>['group'];

function limitsLine({ name: group, config }: Group): string {
  const { limits, opSize } = config;
  const parts: string[] = [];
  for (const kind of ['bps', 'iops']) {
    const its = LIMIT_NAMES.filter((name) => name.startsWith(kind));
    for (const name of its) parts.push(`${LIMIT_KEYS[name]}=${limits[name].avg}`);
    for (const name of its) parts.push(`${LIMIT_KEYS[name]}_max=${limits[name].max}`);
  }
  return `    I/O throttling:   ${parts.join(' ')} iops_size=${opSize} group=${group}`;
}

export function infoBlockstats({ layer }: Vm): string {
  return layer.backends
    .filter(isShown)
    .map(({ name, stats: { ops, lastAccess, sim } }) => {
      const { rd, wr, flush } = ops;
      const idle = lastAccess === null ? 0 : sim.now - lastAccess;
      return `${name}: rd_bytes=${rd.bytes} wr_bytes=${wr.bytes} rd_operations=${rd.operations} wr_operations=${wr.operations} flush_operations=${flush.operations} wr_total_time_ns=${wr.totalTime} rd_total_time_ns=${rd.totalTime} flush_total_time_ns=${flush.totalTime} rd_merged=${rd.merged} wr_merged=${wr.merged} idle_time_ns=${idle}\r\n`;
    })
    .join('');
}
