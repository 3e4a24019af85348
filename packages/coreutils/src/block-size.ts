// block-size.ts — The units of --block-size and -B: `1K`, `512`, `MB`. Mirrors gnulib's xstrtoumax and human_options.

const POWERS = 'KMGTPEZY';

/** Returns the bytes; undefined if `text` is no size. `K` and `KiB` are 1024, `KB` is 1000. */
export function parseBlockSize(text: string): number | undefined {
  const match = /^(\d*)(?:([kKMGTPEZY])(iB|B)?|B)?$/.exec(text);
  if (match === null || text === '') return undefined;
  const [, digits = '', letter, suffix] = match;
  const base = suffix === 'B' ? 1000 : 1024;
  const unit = letter === undefined ? 1 : base ** (POWERS.indexOf(letter.toUpperCase()) + 1);
  const size = (digits === '' ? 1 : Number(digits)) * unit;
  return size > 0 ? size : undefined;
}
