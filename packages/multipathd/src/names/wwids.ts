// wwids.ts — The file of WWIDs that are known to be multipath's. Mirrors libmultipath/wwids.c.
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import type { Session } from '../session.ts';
import { readOrMakeFile, readTextFile, writeTextFile } from './text-file.ts';

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
const readOrMake = (session: Session): Task<string> =>
  readOrMakeFile(session, fileName(session), HEADER);

/** True when it was not there. */
export function* rememberWwid(session: Session, wwid: string): Task<boolean> {
  const text = yield* readOrMake(session);
  if (text.split('\n').includes(lineOf(wwid))) {
    session.log.put(4, `wwid ${wwid} already in wwids file`);
    return false;
  }
  yield* writeTextFile(session, fileName(session), `${text}${lineOf(wwid)}\n`);
  session.log.put(3, `wrote wwid ${wwid} to wwids file`);
  return true;
}

export function* isKnownWwid(session: Session, wwid: string): Task<boolean> {
  return (yield* readOrMake(session)).split('\n').includes(lineOf(wwid));
}

/** False when it was not there. */
export function* removeWwid(session: Session, wwid: string): Task<boolean> {
  const { log } = session;
  log.put(3, `removing line '${lineOf(wwid)}\n' from wwids file`);
  const text = yield* readTextFile(session, fileName(session));
  const lines = text?.split('\n') ?? [];
  const at = lines.indexOf(lineOf(wwid));
  if (at < 0) return false;
  log.put(3, `found '${lineOf(wwid)}\n'`);
  lines[at] = `#${lineOf(wwid).slice(1)}`;
  return yield* writeTextFile(session, fileName(session), lines.join('\n'));
}

/** The file with these alone. */
export const resetWwids = (session: Session, wwids: readonly string[]): Task<boolean> =>
  writeTextFile(
    session,
    fileName(session),
    HEADER + wwids.map((wwid) => `${lineOf(wwid)}\n`).join(''),
  );
