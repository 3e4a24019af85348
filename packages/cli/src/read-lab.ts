// read-lab.ts — The text of a lab, from its file or from standard input.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

import { decodeUtf8 } from '@dmsim/libc';

import { reasonOf } from './reason-of.ts';
import { Refusal } from './refusal.ts';
import { shipped } from './shipped.ts';

/** More is no script. */
const MAX_BYTES = 16 * 2 ** 20;

/** `-` is standard input. Bytes that are no UTF-8 stay what they are (libc: decodeUtf8). Throws a `Refusal` for what cannot be read or is no script. */
export function readLab(path: string): string {
  let fd: number;
  try {
    fd = path === '-' ? 0 : openSync(path, 'r');
  } catch (error) {
    throw new Refusal(`${path}: ${reasonOf(error)}${whereItIs(path)}`);
  }
  const name = path === '-' ? 'standard input' : path;
  try {
    if (fstatSync(fd).isDirectory()) throw new Refusal(`${name}: Is a directory`);
    const bytes = readWhole(fd, name);
    refuseBinary(bytes, name);
    return decodeUtf8(bytes);
  } finally {
    if (fd !== 0) closeSync(fd);
  }
}

/** The pages call labs by their place in the repository; an installed package has them in a folder of its own. */
function whereItIs(path: string): string {
  const found = path.startsWith('docs/labs/') ? shipped(path) : undefined;
  return found === undefined ? '' : `; it is ${found}`;
}

function readWhole(fd: number, name: string): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const chunk = new Uint8Array(65_536);
    const n = readSome(fd, chunk, name);
    if (n === 0) return Buffer.concat(chunks);
    size += n;
    if (size > MAX_BYTES)
      throw new Refusal(`${name}: larger than 16 MiB, the most that a lab may have`);
    chunks.push(chunk.subarray(0, n));
  }
}

function readSome(fd: number, chunk: Uint8Array, name: string): number {
  for (;;) {
    try {
      return readSync(fd, chunk);
    } catch (error) {
      const { code } = error as { readonly code?: string };
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw new Refusal(`${name}: ${reasonOf(error)}`);
    }
  }
}

/** As bash does: a file with a NUL in its first line is no script. */
function refuseBinary(bytes: Uint8Array, name: string): void {
  const end = bytes.indexOf(0x0a);
  const first = end < 0 ? bytes : bytes.subarray(0, end);
  if (first.includes(0))
    throw new Refusal(`${name}: cannot execute binary file: a lab is a bash script`);
}
