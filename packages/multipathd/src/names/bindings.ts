// bindings.ts — The file that remembers which name a WWID was given. Mirrors libmultipath/alias.c.
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { splitLines } from '../config/read-lines.ts';
import type { Settings } from '../config/settings.ts';
import { textOf } from '../config/settings.ts';
import { isPresent, wwidOf } from '../dm/dm-maps.ts';
import type { Session } from '../session.ts';
import { readOrMakeFile, replaceTextFile, writeTextFile } from './text-file.ts';

const HEADER = `# Multipath bindings, Version : 1.0
# NOTE: this file is automatically maintained by the multipath program.
# You should not need to edit this file in normal circumstances.
#
# Format:
# alias wwid
#
`;

/** A line of the file. */
interface Line {
  readonly alias: string;
  /** Empty where the line has only a name, which is taken nevertheless. */
  readonly wwid: string;
  /** Text after the WWID is ignored. */
  readonly extra: string | undefined;
  /** 1-based. */
  readonly number: number;
}

const fileName = ({ config }: Session): string => String(defaultOf(config, 'bindings_file'));

/** Lookups read as many bytes at once as a line may be long, and take the rest of a longer one for the next line. */
const LONGEST_LINE = 2047;

const lookUp = (text: string): Line[] => parse(splitLines(text, LONGEST_LINE));

function parse(lines: readonly string[]): Line[] {
  return lines.flatMap((line, i) => {
    const words = line.replace(/[#\r].*/, '').split(/[ \t]+/);
    const [alias, wwid = '', extra] = words.filter((word) => word !== '');
    return alias === undefined ? [] : [{ alias, wwid, extra, number: i + 1 }];
  });
}

/** Finds the first line that is sought. Lines before it that have only a name, or a WWID of more than `longest` letters, are logged. */
function findLine(
  { log }: Session,
  lines: readonly Line[],
  isSought: (line: Line) => boolean,
  longest = Infinity,
): Line | undefined {
  for (const line of lines) {
    if (line.wwid === '') {
      log.put(3, `Ignoring malformed line ${line.number} in bindings file`);
    } else if (line.wwid.length > longest) {
      log.put(3, `Ignoring too large wwid at ${line.number} in bindings file`);
    } else if (isSought(line)) return line;
  }
  return undefined;
}

const LONGEST_WWID = 127;

/** Finds the line of a name. */
const findAlias = (session: Session, lines: readonly Line[], alias: string): Line | undefined =>
  findLine(session, lines, (line) => line.alias === alias, LONGEST_WWID);

const readBindings = (session: Session): Task<string | null> =>
  readOrMakeFile(session, fileName(session), HEADER);

/** `mpath` + 1 → a, 26 → z, 27 → aa. */
function formatName(id: number): string {
  let letters = '';
  for (let n = id; n >= 1; n = Math.floor(n / 26)) {
    n--;
    letters = String.fromCodePoint(97 + (n % 26)) + letters;
  }
  return letters;
}

/** A number of 32 bits. */
const MAX_ID = 2 ** 31 - 1;

/** −1 for a name that is not the prefix and letters, or whose number would be too great. */
function scanName(alias: string, prefix: string): number {
  const letters = alias.startsWith(prefix) ? alias.slice(prefix.length) : '';
  if (!/^[a-z]{1,7}$/.test(letters)) return -1;
  let id = 0;
  for (let i = 0; i < letters.length; i++) id = id * 26 + letters.charCodeAt(i) - 96;
  return id <= MAX_ID ? id : -1;
}

/** The first number that no line has, as the real one counts in one pass: with a gap before it, the number after the largest. */
function nextId(lines: readonly Line[], prefix: string): NextId {
  let id = 1;
  let biggest = 1;
  let smallestBigger = Infinity;
  for (const { alias } of lines) {
    const current = scanName(alias, prefix);
    if (current === id) id++;
    biggest = Math.max(biggest, current);
    if (current > id && current < smallestBigger) smallestBigger = current;
  }
  if (id >= smallestBigger) id = biggest + 1;
  return { id: id > MAX_ID ? null : id, smallestBigger, biggest };
}

interface NextId {
  /** Null: there is none. */
  readonly id: number | null;
  /** Of the numbers beyond it that lines have, the smallest; infinite if there is none. */
  readonly smallestBigger: number;
  /** The largest number of a line, and at least 1. */
  readonly biggest: number;
}

const foundWwid = (wwid: string): string => `Found matching wwid [${wwid}] in bindings file.`;
const noWwid = (wwid: string): string => `No matching wwid [${wwid}] in bindings file.`;
const noAlias = (alias: string): string => `No matching alias [${alias}] in bindings file.`;
const foundAlias = (alias: string, wwid: string): string =>
  `Found matching alias [${alias}] in bindings file. Setting wwid to ${wwid}`;

/** The name a WWID has, or gets now; null when it can't have one. */
export function* friendlyAlias(
  session: Session,
  wwid: string,
  prefix: string,
): Task<string | null> {
  const text = yield* readBindings(session);
  if (text === null) return null;
  const lines = lookUp(text);
  const known = findLine(session, lines, (line) => line.wwid === wwid);
  if (known !== undefined) {
    session.log.put(3, `${foundWwid(wwid)} Setting alias to ${known.alias}`);
    return known.alias;
  }
  const id = freeId(session, { wwid, prefix, next: nextId(lines, prefix) });
  if (id === null) {
    session.log.put(0, 'no more available user_friendly_names');
    return null;
  }
  session.log.put(3, noWwid(wwid));
  if (session.bindingsReadOnly) return null;
  return yield* allocate(session, text, { wwid, alias: prefix + formatName(id) });
}

interface Wanted {
  readonly wwid: string;
  readonly prefix: string;
  readonly next: NextId;
}

/** Passes over names that other maps have in the kernel. */
function freeId({ host: { dm }, log }: Session, { wwid, prefix, next }: Wanted): number | null {
  const { smallestBigger, biggest } = next;
  let { id } = next;
  while (id !== null) {
    const alias = prefix + formatName(id);
    if (!isPresent(dm, alias) || wwidOf(dm, alias) === wwid) return id;
    const taken = `alias '${alias}' already taken, but not in bindings file. reselecting alias`;
    log.put(3, `${wwid}: ${taken}`);
    id++;
    if (id === smallestBigger) id = biggest + 1;
    if (id > MAX_ID) id = null;
  }
  return null;
}

/** Appends a line to the file, whose text is `text`. Returns the name. */
function* allocate(
  session: Session,
  text: string,
  { wwid, alias }: { readonly wwid: string; readonly alias: string },
): Task<string> {
  yield* writeTextFile(session, fileName(session), `${text}${alias} ${wwid}\n`);
  session.log.put(3, `Created new binding [${alias}] for WWID [${wwid}]`);
  return alias;
}

/** The name that a map has in the kernel, if it may keep it; null: it needs another. */
export function* existingAlias(
  session: Session,
  wwid: string,
  { alias, prefix }: { readonly alias: string; readonly prefix: string },
): Task<string | null> {
  const text = yield* readBindings(session);
  if (text === null) return null;
  const bindings = lookUp(text);
  const holder = findAlias(session, bindings, alias);
  if (holder !== undefined) {
    session.log.put(3, foundAlias(alias, holder.wwid));
    if (holder.wwid === wwid) return alias;
    session.log.put(0, `alias ${alias} already bound to wwid ${holder.wwid}, cannot reuse`);
    return null;
  }
  session.log.put(3, noAlias(alias));
  const own = findLine(session, bindings, (binding) => binding.wwid === wwid);
  if (own !== undefined) {
    session.log.put(3, `${foundWwid(wwid)} Setting alias to ${own.alias}`);
    session.log.put(3, `Use existing binding [${own.alias}] for WWID [${wwid}]`);
    return own.alias;
  }
  session.log.put(3, noWwid(wwid));
  if (scanName(alias, prefix) <= 0 || session.bindingsReadOnly) return null;
  yield* allocate(session, text, { wwid, alias });
  session.log.put(0, `Allocated existing binding [${alias}] for WWID [${wwid}]`);
  return alias;
}

/** Null when no line has the name. */
export function* wwidOfAlias(session: Session, alias: string): Task<string | null> {
  if (alias === '') {
    session.log.put(3, 'Cannot find binding for empty alias');
    return null;
  }
  const text = yield* readBindings(session);
  if (text === null) return null;
  const found = findAlias(session, lookUp(text), alias);
  session.log.put(3, found === undefined ? noAlias(alias) : foundAlias(alias, found.wwid));
  return found?.wwid ?? null;
}

/** Drops bindings that an alias of the configuration contradicts from the file, and logs each. False when that is needed, and must not be done. */
export function* checkAliasSettings(session: Session): Task<boolean> {
  const { config, log } = session;
  const owners = new Map<string, string>();
  for (const entry of byAlias(config.multipaths)) {
    const [alias, wwid] = [textOf(entry, 'alias'), textOf(entry, 'wwid') ?? ''];
    if (alias === undefined) continue;
    if (owners.has(alias)) {
      const text = `alias "${alias}" bound to multiple wwids in multipath.conf, discarding binding to ${wwid}`;
      log.put(0, `ERROR: ${text}`);
      entry.delete('alias');
    } else owners.set(alias, wwid);
  }
  const text = yield* readBindings(session);
  return text === null || (yield* dropConflicts(session, parse(text.split('\n')), owners));
}

const byAlias = (entries: readonly Settings[]): readonly Settings[] =>
  entries
    .filter((entry) => entry.has('alias'))
    .toSorted((a, b) => compareText(textOf(a, 'alias') ?? '', textOf(b, 'alias') ?? ''));

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function* dropConflicts(
  session: Session,
  lines: readonly Line[],
  owners: ReadonlyMap<string, string>,
): Task<boolean> {
  const { log } = session;
  const kept = new Map<string, string>();
  let changed = false;
  for (const line of lines) {
    if (!isBinding(session, line)) continue;
    const verdict = judgeLine(session, line, { owner: owners.get(line.alias), kept });
    if (verdict === 'new') kept.set(line.alias, line.wwid);
    else if (verdict === 'conflict') changed = true;
  }
  if (!changed) return true;
  if (session.bindingsReadOnly) {
    log.put(0, `ERROR: bad settings in read-only bindings file ${fileName(session)}`);
    return false;
  }
  const sorted = [...kept].toSorted(([a], [b]) => compareText(a, b));
  const text = sorted.map(([alias, wwid]) => `${alias} ${wwid}\n`).join('');
  yield* replaceTextFile(session, fileName(session), HEADER + text);
  log.put(1, `updated bindings file ${fileName(session)}`);
  return true;
}

function isBinding({ log }: Session, { wwid, extra, number }: Line): boolean {
  const where = `invalid line ${number} in bindings file`;
  if (wwid === '') log.put(1, `${where}, missing WWID`);
  else if (extra !== undefined) log.put(1, `${where}, extra args "${extra}"`);
  return wwid !== '';
}

interface Known {
  /** The WWID that the configuration gives this name. */
  readonly owner: string | undefined;
  readonly kept: ReadonlyMap<string, string>;
}

function judgeLine(
  { log }: Session,
  { alias, wwid, number }: Line,
  { owner, kept }: Known,
): 'new' | 'conflict' | 'known' {
  if (owner !== undefined && owner !== wwid) {
    const what = `alias "${alias}" for WWID ${wwid} in bindings file on line ${number}`;
    log.put(0, `ERROR: ${what} conflicts with multipath.conf entry for ${owner}`);
    return 'conflict';
  }
  const before = kept.get(alias);
  if (before === undefined) return 'new';
  if (before === wwid) {
    log.put(2, `duplicate line for alias ${alias} in bindings file on line ${number}`);
    return 'known';
  }
  const what = `multiple bindings for alias "${alias}" in bindings file on line ${number}`;
  log.put(0, `ERROR: ${what}, discarding binding to WWID ${wwid}`);
  return 'conflict';
}
