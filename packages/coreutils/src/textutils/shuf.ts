// shuf.ts — shuf(1): prints lines in an order that the seed of the run decides.
import type { Task } from '@dmsim/sim';
import { createPrng, strerror, streamSeed, uniformInteger } from '@dmsim/sim';
import type { Prng } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, flushIfFull, quote, quoteIfNeeded, tool } from '../tool.ts';
import { readNamed, splitLines } from './filter.ts';

export const shuf: Program = tool(function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, {
    short: 'ei:n:rz',
    long: {
      echo: 'e',
      'input-range': 'i:',
      'head-count': 'n:',
      repeat: 'r',
      'zero-terminated': 'z',
    },
    refused: 'o',
    refusedLong: ['output', 'random-source'],
  });
  const range = value('i');
  checkOperands(t, operands, has('e') ? Infinity : range === undefined ? 1 : 0);
  const end = has('z') ? '\0' : '\n';
  const lines = has('e')
    ? [...operands]
    : range === undefined
      ? yield* readLines(t, operands[0] ?? '-', end)
      : numbers(t, range);
  const rng = createPrng(streamSeed(t.process.sim.seed, `shuf ${t.process.pid}`));
  const count = countOf(t, value('n'));
  for (const line of has('r') ? repeat(t, lines, count, rng) : shuffle(lines, count, rng)) {
    t.out.put(line + end);
    yield* flushIfFull(t);
  }
  return 0;
});

function checkOperands(t: Tool, operands: readonly string[], most: number): void {
  const extra = operands[most];
  if (extra !== undefined) failUsage(t, `extra operand ${quote(t, extra)}`);
}

function* readLines(t: Tool, name: string, end: string): Task<string[]> {
  const text = yield* readNamed(t, name);
  if (typeof text !== 'string') fail(t, `${quoteIfNeeded(name)}: ${strerror(text.errno)}`);
  if (end === '\n') return splitLines(text).map((line) => line.replace(/\n$/, ''));
  return text.replace(/\0$/, '').split('\0');
}

/** `-i 1-9`. All numbers are kept in memory, so their count is limited. */
function numbers(t: Tool, range: string): string[] {
  const [, low, high] = /^(\d+)-(\d+)$/.exec(range) ?? [];
  const count = Number(high) - Number(low) + 1;
  if (low === undefined || !(count >= 0 && count <= MOST))
    fail(t, `invalid input range: ${quote(t, range)}`);
  return Array.from({ length: count }, (_, i) => String(Number(low) + i));
}

const MOST = 1e6;

function countOf(t: Tool, given: string | undefined): number {
  if (given === undefined) return Infinity;
  if (!/^\d+$/.test(given)) fail(t, `invalid line count: ${quote(t, given)}`);
  return Number(given);
}

/** The shuffle of Fisher and Yates, stopped after the lines that are wanted. */
function shuffle(lines: string[], count: number, rng: Prng): string[] {
  const wanted = Math.min(count, lines.length);
  for (let i = 0; i < wanted; i++) {
    const j = uniformInteger(rng, i, lines.length - 1);
    [lines[i], lines[j]] = [lines[j] as string, lines[i] as string];
  }
  return lines.slice(0, wanted);
}

function* repeat(t: Tool, lines: readonly string[], count: number, rng: Prng): Generator<string> {
  if (lines.length === 0) fail(t, 'no lines to repeat');
  for (let i = 0; i < count; i++) yield lines[uniformInteger(rng, 0, lines.length - 1)] as string;
}
