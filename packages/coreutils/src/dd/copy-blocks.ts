// copy-blocks.ts — Copies blocks from the input to the output; conv= decides about errors and short blocks.
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import { breathe, complain } from '../tool.ts';
import { convert, convertRest } from './convert.ts';
import type { Copy } from './copy-state.ts';
import type { Operands } from './operands.ts';
import { uninterrupted } from './signals.ts';
import { printStatistics } from './statistics.ts';

export function* copyBlocks(copy: Copy): Task<void> {
  const { t, o } = copy;
  while (bytesWanted(copy) > 0) {
    yield* breathe(t);
    const block = yield* readBlock(copy, bytesWanted(copy));
    if (typeof block === 'string') {
      if (!(yield* readFailed(copy, block))) return;
      continue;
    }
    if (block.length === 0) break;
    if (block.length === o.ibs) copy.fullIn++;
    else copy.partialIn++;
    copy.partOfBlock = block.length === o.ibs ? 0 : block.length;
    const padded = o.conv.has('sync') ? pad(block, o.ibs, filler(copy)) : block;
    if (!(yield* writeOut(copy, convert(copy.conversion, padded)))) return;
  }
  if (!(yield* writeOut(copy, convertRest(copy.conversion)))) return;
  if (copy.held.length > 0) yield* writeBlock(copy, copy.held);
}

/** The size of the next read: a block, or less where count=N,count_bytes ends; nothing after the last one. */
function bytesWanted({ o, bytes, fullIn, partialIn }: Copy): number {
  if (o.count === null) return o.ibs;
  if (o.iflag.has('count_bytes')) return Math.min(o.ibs, o.count - bytes);
  return fullIn + partialIn < o.count ? o.ibs : 0;
}

/** conv=sync fills short blocks with zeros, and records with spaces. */
const filler = ({ o }: Copy): number => (o.conv.has('block') || o.conv.has('unblock') ? 0x20 : 0);

function pad(block: Uint8Array, size: number, fill: number): Uint8Array {
  const padded = new Uint8Array(size).fill(fill);
  padded.set(block);
  return padded;
}

const NOTHING = new Uint8Array(0);

function* readBlock(copy: Copy, wanted: number): Task<Uint8Array | Errno> {
  const { t, o, input } = copy;
  const read = (max: number): Task<Uint8Array | Errno> =>
    uninterrupted(copy, () => input.read(t.process, max));
  const first = yield* read(wanted);
  // A read that fails is no short one.
  if (typeof first === 'string') copy.lastRead = 0;
  if (!o.iflag.has('fullblock') && typeof first !== 'string') {
    yield* warnOfPartialRead(copy, wanted, first.length);
  }
  if (!o.iflag.has('fullblock') || typeof first === 'string') return first;
  let block = first;
  while (block.length > 0 && block.length < wanted) {
    const more = yield* read(wanted - block.length);
    if (typeof more === 'string') {
      // The part that came before is given up, and is passed over as a part of the bad block.
      input.seek(-block.length, 'current');
      return more;
    }
    if (more.length === 0) break;
    block = concat(block, more);
  }
  return block;
}

const shortReadsMatter = ({ skip, count, iflag, oflag }: Operands): boolean =>
  skip > 0 || (count ?? 0) > 0 || iflag.has('direct') || oflag.has('direct');

/** Says once that a read was short and another followed, where that makes a difference: with a count, a skip or O_DIRECT (iread). */
function* warnOfPartialRead(copy: Copy, wanted: number, length: number): Task<void> {
  const { t, o, lastRead } = copy;
  copy.lastRead = length;
  if (length === 0 || lastRead === 0 || lastRead >= wanted) return;
  if (copy.warned || !o.oneBuffer || !shortReadsMatter(o)) return;
  copy.warned = true;
  if (o.status === 'none') return;
  const what = `${lastRead} byte${lastRead === 1 ? '' : 's'}`;
  yield* complain(t, `dd: warning: partial read (${what}); suggest iflag=fullblock\n`);
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/**
 * Handles a read error. With conv=noerror it skips the block and returns true; with status=none too, it prints nothing.
 * If a part of a block came before, it skips only as much as that one lacked, and nothing stands for it in the output.
 */
function* readFailed(copy: Copy, errno: Errno): Task<boolean> {
  const { t, o, input } = copy;
  const goesOn = o.conv.has('noerror');
  if (!goesOn || o.status !== 'none') {
    yield* complain(t, `dd: error reading ${copy.inputName}: ${strerror(errno)}\n`);
  }
  if (!goesOn) {
    copy.status = 1;
    return false;
  }
  yield* printStatistics(copy);
  const at = input.seek(o.ibs - copy.partOfBlock, 'current');
  if (typeof at === 'string') return false;
  if (!o.conv.has('sync') || copy.partOfBlock > 0) return true;
  copy.partialIn++;
  const there = copy.input.leftovers() ?? NOTHING;
  return yield* writeOut(copy, convert(copy.conversion, pad(there, o.ibs, filler(copy))));
}

/** Collects input until it fills an output block. With bs=, each input block is written as it is. */
function* writeOut(copy: Copy, block: Uint8Array): Task<boolean> {
  const { o } = copy;
  if (block.length === 0) return true;
  if (o.oneBuffer) return yield* writeBlock(copy, block);
  copy.held = concat(copy.held, block);
  while (copy.held.length >= o.obs) {
    if (!(yield* writeBlock(copy, copy.held.subarray(0, o.obs)))) return false;
    copy.held = copy.held.slice(o.obs);
  }
  return true;
}

/** conv=sparse passes over a block of zeros where the output has a position. */
function skipHole(copy: Copy, block: Uint8Array): boolean {
  const { o, output } = copy;
  copy.endsInHole =
    o.conv.has('sparse') &&
    block.every((byte) => byte === 0) &&
    typeof output.seek(block.length, 'current') === 'number';
  return copy.endsInHole;
}

/** A short block can't be written directly (iwrite): it goes through the cache, and to the disk before dd ends. */
function endDirect({ o, output }: Copy): void {
  output.flags.direct = false;
  o.conv.add('fsync');
}

function* writeBlock(copy: Copy, block: Uint8Array): Task<boolean> {
  const { t, o, output } = copy;
  let done = skipHole(copy, block) ? block.length : 0;
  if (done === 0 && output.flags.direct === true && block.length < o.obs) endDirect(copy);
  while (done < block.length) {
    const rest = block.subarray(done);
    const n = yield* uninterrupted(copy, () => output.write(t.process, rest));
    if (typeof n === 'string') {
      const what = o.oneBuffer ? 'error writing' : 'writing to';
      yield* complain(t, `dd: ${what} ${copy.outputName}: ${strerror(n)}\n`);
      copy.status = 1;
      copy.bytes += done;
      copy.held = new Uint8Array(0);
      return false;
    }
    done += n;
  }
  copy.bytes += done;
  if (done === o.obs) copy.fullOut++;
  else copy.partialOut++;
  return true;
}
