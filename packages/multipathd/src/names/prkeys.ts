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

export function* readKey(session: Session, wwid: string): Task<string | null> {
  const line = (yield* readLines(session)).find((one) => one.endsWith(` ${wwid}`));
  return line === undefined || line.startsWith('#') ? null : (line.split(' ')[0] as string);
}

/** Null takes the key away: the line stays, with `#` for its first character. */
export function* writeKey(session: Session, wwid: string, key: string | null): Task<void> {
  const all = yield* readLines(session);
  if (all.length === 0) return;
  const at = all.findIndex((line) => line.endsWith(` ${wwid}`));
  const present = all[at];
  if (key === null && present === undefined) return;
  const line = key === null ? `#${present?.slice(1)}` : `${key} ${wwid}`;
  if (present === undefined) all.splice(-1, 0, line);
  else all[at] = line;
  yield* writeTextFile(session, fileName(session), all.join('\n'));
}
