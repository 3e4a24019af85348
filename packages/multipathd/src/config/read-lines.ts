// read-lines.ts — The lines of a configuration file, as a buffer of fixed size holds them. Mirrors libmpathutil/parser.c: read_line.
import { decodeUtf8, encodeUtf8 } from '@dmsim/libc';

/** Bytes that fit into the buffer. The rest of a longer line counts as the next line, and so does the end of a line that fills it. */
const LONGEST = 1023;
/** No line with fewer characters has more bytes than that. */
const SHORT = Math.floor(LONGEST / 4);

/** A line ends at a carriage return, unless it begins with it, or at a NUL; what follows them is lost. */
const seen = (content: string): string => content.replace(/^(\r*[^\0\r]*)[^]*$/, '$1');

export function readLines(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.length < SHORT ? seen(line) : pieces(line)));
}

function pieces(line: string): string[] {
  const bytes = encodeUtf8(line);
  const count = Math.floor(bytes.length / LONGEST) + 1;
  return Array.from({ length: count }, (_, i) =>
    seen(decodeUtf8(bytes.subarray(i * LONGEST, (i + 1) * LONGEST))),
  );
}
