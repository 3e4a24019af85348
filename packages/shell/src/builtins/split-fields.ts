// split-fields.ts — Splits a line for `read`. The last name gets the whole rest.

export interface SplitOptions {
  readonly ifs: string;
  /** True if backslashes are ordinary characters. */
  readonly raw: boolean;
  readonly max: number;
}

interface Piece {
  readonly text: string;
  /** The character follows a backslash, so it is no delimiter. */
  readonly escaped: boolean;
}

export function splitFields(line: string, { ifs, raw, max }: SplitOptions): string[] {
  const pieces = toPieces(line, raw);
  const isDelimiter = (at: number): boolean => {
    const piece = pieces[at];
    return piece !== undefined && !piece.escaped && ifs.includes(piece.text);
  };
  const isSpace = (at: number): boolean => isDelimiter(at) && /\s/.test(pieces[at]?.text ?? '');
  const skip = (from: number): number => {
    let i = from;
    while (isSpace(i)) i++;
    return i;
  };
  const fields: string[] = [];
  let i = skip(0);
  while (i < pieces.length && fields.length < max) {
    let end = i;
    while (end < pieces.length && !isDelimiter(end)) end++;
    let next = skip(end);
    if (isDelimiter(next)) next = skip(next + 1);
    if (fields.length === max - 1 && next < pieces.length) {
      let last = pieces.length;
      while (isSpace(last - 1)) last--;
      end = last;
      next = pieces.length;
    }
    fields.push(
      pieces
        .slice(i, end)
        .map(({ text }) => text)
        .join(''),
    );
    i = next;
  }
  return fields;
}

function toPieces(line: string, raw: boolean): Piece[] {
  const pieces: Piece[] = [];
  for (let i = 0; i < line.length; i++) {
    const escaped = !raw && line.charAt(i) === '\\';
    if (escaped) i++;
    if (i < line.length) pieces.push({ text: line.charAt(i), escaped });
  }
  return pieces;
}
