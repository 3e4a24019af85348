// raw-file.ts — Files in memory, on a file system that never gets full. A file costs what is written to it, whatever its size.
import type { HostFile } from './host-file.ts';

const CHUNK: number = 64 << 10;

/** Bytes of a chunk; what follows them in the chunk is zeroes. */
const ZEROES: Uint8Array = new Uint8Array(0);

/** Visits the part of each chunk that lies in bytes `from … to-1`; `start` and `end` count from the chunk's start. */
function eachChunk(
  from: number,
  to: number,
  visit: (index: number, start: number, end: number) => void,
): void {
  for (let at = from; at < to;) {
    const index = Math.floor(at / CHUNK);
    const start = at - index * CHUNK;
    const end = Math.min(CHUNK, to - index * CHUNK);
    visit(index, start, end);
    at = index * CHUNK + end;
  }
}

/** Creates a file. Several files may share `content`, which is copied by chunks when they are written to. */
export function createRawFile(path: string, content: Uint8Array): HostFile {
  /** Chunks that differ from `content`. */
  const chunks = new Map<number, Uint8Array>();
  let length = content.length;

  const chunkAt = (index: number): Uint8Array =>
    chunks.get(index) ?? content.subarray(index * CHUNK, (index + 1) * CHUNK);

  /** A chunk to write to. */
  function ownChunk(index: number): Uint8Array {
    const there = chunks.get(index);
    if (there?.length === CHUNK) return there;
    const own = new Uint8Array(CHUNK);
    own.set(there ?? chunkAt(index));
    chunks.set(index, own);
    return own;
  }

  function clear(from: number, to: number): void {
    eachChunk(from, to, (index, start, end) => {
      if (end - start === CHUNK) chunks.set(index, ZEROES);
      else ownChunk(index).fill(0, start, end);
    });
  }

  return {
    path,
    locks: new Map(),
    size: () => length,
    readAt(offset, bytes) {
      const to = Math.min(offset + bytes, length);
      const read = new Uint8Array(Math.max(0, to - offset));
      eachChunk(offset, to, (index, start, end) => {
        read.set(chunkAt(index).subarray(start, end), index * CHUNK + start - offset);
      });
      return read;
    },
    writeAt(offset, data) {
      const to = offset + data.length;
      eachChunk(offset, to, (index, start, end) => {
        const at = index * CHUNK - offset;
        ownChunk(index).set(data.subarray(at + start, at + end), start);
      });
      length = Math.max(length, to);
      return data.length;
    },
    punchHole(offset, bytes) {
      clear(offset, Math.min(offset + bytes, length));
      return undefined;
    },
    truncate(size) {
      // Zeroes appear where it grows again.
      if (size < length) clear(size, length);
      length = size;
      return undefined;
    },
    sizeOnDisk: () => length,
  };
}
