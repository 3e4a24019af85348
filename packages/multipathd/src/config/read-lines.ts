// read-lines.ts — The lines of a file, as a buffer of fixed size holds them. Mirrors libmpathutil/parser.c: read_line.
import { decodeUtf8, encodeUtf8 } from '@dmsim/libc';

/** Bytes that fit into the buffer. */
const LONGEST = 1023;

/** A line ends at a carriage return, unless it begins with it, or at a NUL; what follows them is lost. */
const seen = (content: string): string => content.replace(/^(\r*[^\0\r]*)[^]*$/, '$1');

export const readLines = (text: string): string[] => splitLines(text, LONGEST).map(seen);

/** The lines, where `longest` bytes fit into the buffer. The rest of a longer line counts as the next line, and so does the end of a line that fills it. */
export function splitLines(text: string, longest: number): string[] {
  // No line with fewer characters has more bytes than the buffer.
  const short = Math.floor(longest / 4);
  return text
    .split('\n')
    .flatMap((line) => (line.length < short ? line : pieces(encodeUtf8(line), longest)));
}

function pieces(bytes: Uint8Array, longest: number): string[] {
  const count = Math.floor(bytes.length / longest) + 1;
  return Array.from({ length: count }, (_, i) =>
    decodeUtf8(bytes.subarray(i * longest, (i + 1) * longest)),
  );
}
