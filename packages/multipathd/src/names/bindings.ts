// bindings.ts — The file that remembers which name a WWID was given. Mirrors libmultipath/alias.c.
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { textOf } from '../config/settings.ts';
import { isPresent, wwidOf } from '../dm/dm-maps.ts';
import type { Session } from '../session.ts';
import { readTextFile, writeTextFile } from './text-file.ts';

const HEADER = `# Multipath bindings, Version : 1.0
# NOTE: this file is automatically maintained by the multipath program.
# You should not need to edit this file in normal circumstances.
#
# Format:
# alias wwid
#
`;

interface Binding {
  readonly alias: string;
  readonly wwid: string;
  /** 1-based. */
  readonly line: number;
}

const fileName = ({ config }: Session): string => String(defaultOf(config, 'bindings_file'));

/** The lines that bind something, in order. */
function parse(text: string): Binding[] {
  return text.split('\n').flatMap((line, i) => {
    const [alias = '', wwid = ''] = line.replace(/#.*/, '').split(/[ \t]+/);
    return alias === '' || wwid === '' ? [] : [{ alias, wwid, line: i + 1 }];
  });
}

/** The file is made, with its header, when it is missing or empty. */
function* readBindings(session: Session): Task<string> {
  const text = yield* readTextFile(session, fileName(session));
  if (text !== null && text !== '') return text;
  yield* writeTextFile(session, fileName(session), HEADER);
  return HEADER;
}

/** `mpath` + 1 → a, 26 → z, 27 → aa. */
function formatName(id: number): string {
  let letters = '';
  for (let n = id; n >= 1; n = Math.floor(n / 26)) {
    n--;
    letters = String.fromCodePoint(97 + (n % 26)) + letters;
  }
  return letters;
}

/** −1 for a name that is not the prefix and letters. */
function scanName(alias: string, prefix: string): number {
  const letters = alias.startsWith(prefix) ? alias.slice(prefix.length) : '';
  if (!/^[a-z]{1,7}$/.test(letters)) return -1;
  let id = 0;
  for (let i = 0; i < letters.length; i++) id = id * 26 + letters.charCodeAt(i) - 96;
  return id;
}

/** The first number that no line has, as the real one counts in one pass: with a gap before it, the number after the largest. */
function nextId(bindings: readonly Binding[], prefix: string): { id: number; skipTo: number[] } {
  let id = 1;
  let biggest = 1;
  let smallestBigger = Infinity;
  for (const { alias } of bindings) {
    const current = scanName(alias, prefix);
    if (current === id) id++;
    biggest = Math.max(biggest, current);
    if (current > id && current < smallestBigger) smallestBigger = current;
  }
  if (id >= smallestBigger) id = biggest + 1;
  return { id, skipTo: [smallestBigger, biggest] };
}

/** The name a WWID has, or gets now; null when it can't have one. */
export function* friendlyAlias(
  session: Session,
  wwid: string,
  prefix: string,
): Task<string | null> {
  const bindings = parse(yield* readBindings(session));
  const known = bindings.find((binding) => binding.wwid === wwid);
  if (known !== undefined) return known.alias;
  const { dm } = session.host;
  let { id, skipTo } = nextId(bindings, prefix);
  const [smallestBigger = Infinity, biggest = 1] = skipTo;
  for (;;) {
    const alias = prefix + formatName(id);
    if (!isPresent(dm, alias) || wwidOf(dm, alias) === wwid) break;
    session.log.put(
      3,
      `${wwid}: alias '${alias}' already taken, but not in bindings file. reselecting alias`,
    );
    id++;
    if (id === smallestBigger) id = biggest + 1;
  }
  return session.bindingsReadOnly ? null : yield* allocate(session, wwid, prefix + formatName(id));
}

function* allocate(session: Session, wwid: string, alias: string): Task<string> {
  const text = yield* readBindings(session);
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
  const bindings = parse(yield* readBindings(session));
  const holder = bindings.find((binding) => binding.alias === alias);
  if (holder !== undefined) {
    if (holder.wwid === wwid) return alias;
    session.log.put(0, `alias ${alias} already bound to wwid ${holder.wwid}, cannot reuse`);
    return null;
  }
  const own = bindings.find((binding) => binding.wwid === wwid);
  if (own !== undefined) return own.alias;
  if (scanName(alias, prefix) <= 0 || session.bindingsReadOnly) return null;
  yield* allocate(session, wwid, alias);
  session.log.put(0, `Allocated existing binding [${alias}] for WWID [${wwid}]`);
  return alias;
}

/** Null when no line has the name. */
export function* wwidOfAlias(session: Session, alias: string): Task<string | null> {
  const text = yield* readTextFile(session, fileName(session));
  return parse(text ?? '').find((binding) => binding.alias === alias)?.wwid ?? null;
}

/** Bindings that an alias of the configuration contradicts are dropped from the file, with a word. */
export function* checkAliasSettings(session: Session): Task<void> {
  const { config, log } = session;
  const owners = new Map<string, string>();
  for (const entry of config.multipaths) {
    const [alias, wwid] = [textOf(entry, 'alias'), textOf(entry, 'wwid') ?? ''];
    if (alias === undefined) continue;
    if (owners.has(alias)) {
      const text = `alias "${alias}" bound to multiple wwids in multipath.conf, discarding binding to ${wwid}`;
      log.put(0, `ERROR: ${text}`);
      entry.delete('alias');
    } else owners.set(alias, wwid);
  }
  yield* dropConflicts(session, parse(yield* readBindings(session)), owners);
}

function* dropConflicts(
  session: Session,
  bindings: readonly Binding[],
  owners: ReadonlyMap<string, string>,
): Task<void> {
  const kept = new Map<string, string>();
  let changed = false;
  for (const { alias, wwid, line } of bindings) {
    const owner = owners.get(alias);
    const conflict = (owner !== undefined && owner !== wwid) || kept.has(alias);
    if (!conflict) {
      kept.set(alias, wwid);
      continue;
    }
    changed = true;
    const against = kept.has(alias)
      ? `: discarding binding to ${wwid}`
      : ` conflicts with multipath.conf entry for ${owner}`;
    const what = `alias "${alias}" for WWID ${wwid} in bindings file on line ${line}`;
    session.log.put(0, `ERROR: ${what}${against}`);
  }
  if (!changed || session.bindingsReadOnly) return;
  const sorted = [...kept].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([alias, wwid]) => `${alias} ${wwid}\n`);
  yield* writeTextFile(session, fileName(session), HEADER + lines.join(''));
  session.log.put(1, `updated bindings file ${fileName(session)}`);
}
