// prkeys.ts — The file of persistent reservation keys. Mirrors libmultipath/prkey.c: do_prkey.
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { parseKey } from '../config/reservation-key.ts';
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

/** Makes the file, with its header, when it is missing or empty. Null if it can't be opened. */
const readText = (session: Session): Task<string | null> =>
  readOrMakeFile(session, fileName(session), HEADER);

const KEY_LENGTH = '0x0123456789abcdef'.length;

/** Finds the first line that ends with a blank and the WWID: its beginning, or −1. Null, and logged, if what is before the blank is not as long as a key. A last line without its end does not count. */
function findLine({ log }: Session, text: string, wwid: string): number | null {
  const ending = ` ${wwid}\n`;
  const blank = text.indexOf(ending);
  if (blank < 0) return -1;
  log.put(3, `found prkey for '${wwid}'`);
  const begin = text.lastIndexOf('\n', blank) + 1;
  if (blank - begin === KEY_LENGTH) return begin;
  log.put(0, `malformed prkey file line for wwid: '${wwid}'`);
  return null;
}

/** Null when the file has none, or what it has is no key. `0X` is for a key that outlives a loss of power. */
export function* readKey(session: Session, wwid: string): Task<string | null> {
  const text = yield* readText(session);
  const at = text === null ? null : findLine(session, text, wwid);
  if (text === null || at === null || at < 0 || text[at] === '#') return null;
  const word = text.slice(at, at + KEY_LENGTH);
  const key = parseKey(word);
  return key !== null && word.includes('X') ? key.replace('x', 'X') : key;
}

/** Null takes the key away: the line stays, with `#` for its first character. False when the file can't be changed. */
export function* writeKey(session: Session, wwid: string, key: string | null): Task<boolean> {
  const text = yield* readText(session);
  const at = text === null ? null : findLine(session, text, wwid);
  if (text === null || at === null) return false;
  if (key === null && at < 0) return true;
  const from = at < 0 ? text.length : at;
  const line = key === null ? '#' : `${key} ${wwid}\n`;
  const changed = text.slice(0, from) + line + text.slice(from + line.length);
  return yield* writeTextFile(session, fileName(session), changed);
}
