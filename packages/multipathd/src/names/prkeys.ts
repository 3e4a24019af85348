// prkeys.ts — The file of persistent reservation keys. Mirrors libmultipath/prkey.c.
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import type { Session } from '../session.ts';
import { readOrMakeFile, writeTextFile } from './text-file.ts';

const HEADER = `# Multipath persistent reservation keys, Version : 1.0
# NOTE: this file is automatically maintained by the multipathd program.
# You should not need to edit this file in normal circumstances.
#
# Format:
# prkey wwid
#
`;

const fileName = ({ config }: Session): string => String(defaultOf(config, 'prkeys_file'));

/** Makes the file, with its header, when it is missing or empty. None if it can't be opened. */
function* readLines(session: Session): Task<string[]> {
  return (yield* readOrMakeFile(session, fileName(session), HEADER))?.split('\n') ?? [];
}

/** The length of a key, with the blank behind it. */
const KEY_LENGTH = '0x0123456789abcdef '.length;

/** Finds the line of a WWID. Before it the file must be long enough for a key. */
function findLine(lines: readonly string[], wwid: string): { at: number; isTooEarly: boolean } {
  const at = lines.findIndex((line) => line.endsWith(` ${wwid}`));
  const end = lines.slice(0, at + 1).join('\n').length;
  return { at, isTooEarly: at >= 0 && end - wwid.length < KEY_LENGTH };
}

export function* readKey(session: Session, wwid: string): Task<string | null> {
  const all = yield* readLines(session);
  const { at, isTooEarly } = findLine(all, wwid);
  const line = all[at];
  if (line === undefined || isTooEarly || line.startsWith('#')) return null;
  return line.split(' ')[0] as string;
}

/** Null takes the key away: the line stays, with `#` for its first character. False when the file can't be changed. */
export function* writeKey(session: Session, wwid: string, key: string | null): Task<boolean> {
  const all = yield* readLines(session);
  const { at, isTooEarly } = findLine(all, wwid);
  const present = all[at];
  if (all.length === 0 || isTooEarly) return false;
  if (key === null && present === undefined) return true;
  const line = key === null ? `#${present?.slice(1)}` : `${key} ${wwid}`;
  if (present === undefined) all.splice(-1, 0, line);
  else all[at] = line;
  return yield* writeTextFile(session, fileName(session), all.join('\n'));
}
