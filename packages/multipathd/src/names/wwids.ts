// wwids.ts — The file of WWIDs that are known to be multipath's. Mirrors libmultipath/wwids.c.
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import type { Session } from '../session.ts';
import { readOrMakeFile, writeTextFile } from './text-file.ts';

const HEADER = `# Multipath wwids, Version : 1.0
# NOTE: This file is automatically maintained by multipath and multipathd.
# You should not need to edit this file in normal circumstances.
#
# Valid WWIDs:
`;

const fileName = ({ config }: Session): string => String(defaultOf(config, 'wwids_file'));

/** WWIDs stand between slashes; a line that begins with `#` holds one that was taken away. */
const lineOf = (wwid: string): string => `/${wwid}/`;

/** Every program that reads the file creates it if it is missing or empty. */
const readOrMake = (session: Session): Task<string | null> =>
  readOrMakeFile(session, fileName(session), HEADER);

/**
 * Looks for a WWID as the real one reads the file. A line that is left before its end is passed over to its end; where
 * that end has been read already, as that of an empty line or of one without its last slash, the next line goes, too.
 */
function holdsWwid(text: string, wwid: string): boolean {
  const line = lineOf(wwid);
  for (let at = 0; at < text.length;) {
    let length = 0;
    while (length < line.length && text[at + length] === line[length]) length++;
    if (length === line.length) return true;
    const end = text.indexOf('\n', at + length + 1);
    if (end < 0) return false;
    at = end + 1;
  }
  return false;
}

/** Null when the file can't be opened. */
export function* rememberWwid(session: Session, wwid: string): Task<'added' | 'known' | null> {
  const text = yield* readOrMake(session);
  if (text === null) {
    session.log.put(3, `failed writing wwid ${wwid} to wwids file`);
    return null;
  }
  if (holdsWwid(text, wwid)) {
    session.log.put(4, `wwid ${wwid} already in wwids file`);
    return 'known';
  }
  yield* writeTextFile(session, fileName(session), `${text}${lineOf(wwid)}\n`);
  session.log.put(3, `wrote wwid ${wwid} to wwids file`);
  return 'added';
}

export function* isKnownWwid(session: Session, wwid: string): Task<boolean> {
  const text = yield* readOrMake(session);
  return text !== null && holdsWwid(text, wwid);
}

/** False when it was not there; null when the file can't be opened. */
export function* removeWwid(session: Session, wwid: string): Task<boolean | null> {
  const { log } = session;
  const line = `${lineOf(wwid)}\n`;
  log.put(3, `removing line '${line}' from wwids file`);
  const text = yield* readOrMake(session);
  if (text === null) return null;
  const at = text.indexOf(line);
  if (at < 0) return false;
  log.put(3, `found '${line}'`);
  const rest = text.slice(at + 1);
  return yield* writeTextFile(session, fileName(session), `${text.slice(0, at)}#${rest}`);
}

/** Writes the file with these alone. False when it can't be opened. */
export function* resetWwids(session: Session, wwids: readonly string[]): Task<boolean> {
  if ((yield* readOrMake(session)) === null) return false;
  const lines = wwids.map((wwid) => `${lineOf(wwid)}\n`).join('');
  return yield* writeTextFile(session, fileName(session), HEADER + lines);
}
