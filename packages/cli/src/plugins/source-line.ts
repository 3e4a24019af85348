// source-line.ts — The line of a user's TypeScript file behind a line of the JavaScript that was made of it.
import { Buffer } from 'node:buffer';
import { SourceMap } from 'node:module';

const COMMENT = '\n//# sourceMappingURL=data:application/json;base64,';

/** The code, with its map in a comment at its end. */
export const withMap = (code: string, map: string): string =>
  `${code}${COMMENT}${Buffer.from(map).toString('base64')}`;

export interface SourceLine {
  /** Its name, without folders. */
  readonly file: string;
  readonly line: number;
}

/** For a frame of a stack that names a module by a `data:` URL: the user's file, and the line in it. Undefined where the module has no map. */
export function sourceOf(frame: string): SourceLine | undefined {
  const found = /data:text\/javascript;base64,([\w+/=]+):(\d+):(\d+)/.exec(frame);
  if (found === null) return undefined;
  const [, text = '', line, column] = found;
  const [, map] = Buffer.from(text, 'base64').toString().split(COMMENT);
  if (map === undefined) return undefined;
  const payload = JSON.parse(Buffer.from(map, 'base64').toString()) as ConstructorParameters<
    typeof SourceMap
  >[0];
  const entry = new SourceMap(payload).findEntry(Number(line) - 1, Number(column) - 1);
  if (!('originalLine' in entry)) return undefined;
  return { file: entry.originalSource, line: entry.originalLine + 1 };
}
