// dust-message.ts — Messages to a dust target: which blocks are bad, and whether they fail. Mirrors dm-dust.c: dust_message.
import { printk } from '@dmsim/sim';

import { parseKernelUnsigned, parseSector } from '../table/parse-number.ts';
import type { DmTarget, MessageResult } from '../target-type.ts';
import type { Dust } from './dust.ts';

type Ti = DmTarget<Dust>;

export function dustMessage(ti: Ti, argv: readonly string[]): MessageResult {
  const [word = '', ...numbers] = argv;
  if (argv.length > 3) return refuse(ti, `invalid number of arguments '${argv.length}'`);
  if (numbers.length === 0) return plainMessage(ti, word);
  return blockMessage(ti, word, numbers);
}

function log(ti: Ti, text: string): void {
  printk(ti.table.md.dm.sim, `device-mapper: dust: ${text}`);
}

function refuse(ti: Ti, text: string): 'EINVAL' {
  log(ti, text);
  return 'EINVAL';
}

const unrecognized = (ti: Ti, word: string): 'EINVAL' =>
  refuse(ti, `unrecognized message '${word}' received`);

/** enable | disable | quiet | countbadblocks | listbadblocks | clearbadblocks */
function plainMessage(ti: Ti, word: string): MessageResult {
  const { state } = ti;
  switch (word.toLowerCase()) {
    case 'addbadblock':
    case 'removebadblock':
    case 'queryblock':
      return refuse(ti, `${word} requires an additional argument`);
    case 'enable':
      log(ti, 'enabling read failures on bad sectors');
      state.failReads = true;
      return undefined;
    case 'disable':
      log(ti, 'disabling read failures on bad sectors');
      state.failReads = false;
      return undefined;
    case 'quiet':
      state.quiet = !state.quiet;
      return undefined;
    case 'countbadblocks':
      return { output: `countbadblocks: ${state.badBlocks.size} badblock(s) found` };
    case 'listbadblocks':
      return { output: listBlocks(state) };
    case 'clearbadblocks':
      return { output: clearBlocks(state) };
    default:
      return unrecognized(ti, word);
  }
}

function listBlocks({ badBlocks }: Dust): string {
  if (badBlocks.size === 0) return 'No blocks in badblocklist';
  return [...badBlocks.keys()]
    .toSorted((a, b) => a - b)
    .map((block) => `${block}\n`)
    .join('');
}

function clearBlocks({ badBlocks }: Dust): string {
  const some = badBlocks.size > 0;
  badBlocks.clear();
  return `dust_clear_badblocks: ${some ? 'badblocks cleared' : 'no badblocks found'}`;
}

/** (addbadblock | removebadblock | queryblock) <block> | addbadblock <block> <failing writes>; a word that is no number fails silently. */
function blockMessage(ti: Ti, word: string, numbers: readonly string[]): MessageResult {
  const { dev, sectorsPerBlock } = ti.state;
  const block = parseSector(numbers[0] ?? '');
  const failures = parseKernelUnsigned(numbers[1] ?? '0');
  if (block === null || failures === null) return 'EINVAL';
  if (failures > 255) return refuse(ti, 'selected write fail count out of range');
  // Off by one, as in Linux: one block past the end is accepted.
  if (block > Math.floor(dev.bdev.capacity / sectorsPerBlock)) {
    return refuse(ti, 'selected block value out of range');
  }
  const verb = word.toLowerCase();
  if (verb === 'addbadblock') return addBlock(ti, block, failures);
  if (numbers.length === 1 && verb === 'removebadblock') return removeBlock(ti, block);
  if (numbers.length === 1 && verb === 'queryblock') return queryBlock(ti, block);
  return unrecognized(ti, word);
}

function queryBlock({ state }: Ti, block: number): MessageResult {
  const found = state.badBlocks.has(block) ? 'found' : 'not found';
  return { output: `dust_query_block: block ${block} ${found} in badblocklist` };
}

function addBlock(ti: Ti, block: number, failures: number): MessageResult {
  const { badBlocks, quiet } = ti.state;
  if (badBlocks.has(block)) {
    if (!quiet) log(ti, `dust_add_block: block ${block} already in badblocklist`);
    return 'EINVAL';
  }
  badBlocks.set(block, failures);
  if (!quiet) {
    log(ti, `dust_add_block: badblock added at block ${block} with write fail count ${failures}`);
  }
  return undefined;
}

function removeBlock(ti: Ti, block: number): MessageResult {
  const { badBlocks, quiet } = ti.state;
  const found = badBlocks.delete(block);
  if (!quiet) {
    const text = found
      ? `badblock removed at block ${block}`
      : `block ${block} not found in badblocklist`;
    log(ti, `dust_remove_block: ${text}`);
  }
  return found ? undefined : 'EINVAL';
}
