// digest.ts — md5sum(1), sha1sum(1), sha256sum(1) … (library @noble/hashes).
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';

import { closeFile, LineReader, openInput, readBytes } from '../lines.ts';
import type { OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { flushIfFull, quoteIfNeeded, tool, warn, warnErrno } from '../tool.ts';

/** The part of the library's interface that is used here. */
interface Algorithm {
  create(): { update(bytes: Uint8Array): unknown; digest(): Uint8Array };
  readonly outputLen: number;
}

const SPEC: OptionSpec = {
  short: 'bctwz',
  long: {
    binary: 'b',
    check: 'c',
    text: 't',
    zero: 'z',
    quiet: 'quiet',
    status: 'status',
    'ignore-missing': 'ignore-missing',
    strict: 'strict',
    warn: 'w',
    tag: 'tag',
  },
};

const WAYS: ReadonlySet<string> = new Set(['quiet', 'status', 'w']);

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const BLOCK = 32_768;

function* digestOf(t: Tool, file: OpenFile, algorithm: Algorithm): Task<string | { errno: Errno }> {
  const state = algorithm.create();
  for (let filled = 0; ;) {
    const bytes = yield* readBytes(t, file, BLOCK - filled);
    if (typeof bytes === 'string') {
      // fread has told of the part of a block that it has got, and is called once more.
      if (filled > 0) yield* readBytes(t, file, BLOCK - filled);
      return { errno: bytes };
    }
    if (bytes.length === 0) return hex(state.digest());
    state.update(bytes);
    filled = (filled + bytes.length) % BLOCK;
  }
}

function* digestNamed(
  t: Tool,
  name: string,
  algorithm: Algorithm,
): Task<string | { errno: Errno }> {
  const file = yield* openInput(t, name);
  if (typeof file === 'string') return { errno: file };
  const digest = yield* digestOf(t, file, algorithm);
  closeFile(t, file);
  return digest;
}

const sum = (label: string, algorithm: Algorithm): Program =>
  tool(function* main(t: Tool): Task<number> {
    const { has, given, operands } = parseOptions(t, SPEC);
    // The last of these holds alone.
    const way = given.findLast(([key]) => WAYS.has(key))?.[0];
    const names = operands.length === 0 ? ['-'] : operands;
    let status = 0;
    for (const name of names) {
      if (has('c')) {
        if (
          !(yield* check(t, name, {
            algorithm,
            label,
            quiet: way === 'quiet',
            silent: way === 'status',
            ignoreMissing: has('ignore-missing'),
            strict: has('strict'),
            warns: way === 'w',
          }))
        )
          status = 1;
        continue;
      }
      const digest = yield* digestNamed(t, name, algorithm);
      if (typeof digest !== 'string') {
        status = 1;
        yield* warnErrno(t, quoteIfNeeded(name), digest.errno);
        continue;
      }
      const end = has('z') ? '\0' : '\n';
      const shown = has('z') ? name : name.replace(/[\\\n\r]/g, (c) => ESCAPED[c] ?? c);
      const mark = shown === name ? '' : '\\';
      t.out.put(
        has('tag')
          ? `${mark}${label} (${shown}) = ${digest}${end}`
          : `${mark}${digest} ${has('b') ? '*' : ' '}${shown}${end}`,
      );
      yield* flushIfFull(t);
    }
    return status;
  });

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' };

interface CheckOptions {
  readonly algorithm: Algorithm;
  readonly label: string;
  readonly quiet: boolean;
  readonly silent: boolean;
  readonly ignoreMissing: boolean;
  /** Lines that are none make the check fail. */
  readonly strict: boolean;
  /** Tells of each of them, too. */
  readonly warns: boolean;
}

interface Tally {
  good: number;
  mismatched: number;
  unreadable: number;
  malformed: number;
  proper: number;
}

function* check(t: Tool, list: string, options: CheckOptions): Task<boolean> {
  const file = yield* openInput(t, list);
  if (typeof file === 'string') {
    yield* warnErrno(t, quoteIfNeeded(list), file);
    return false;
  }
  const reader = new LineReader(t, file);
  const tally: Tally = { good: 0, mismatched: 0, unreadable: 0, malformed: 0, proper: 0 };
  let number = 0;
  for (;;) {
    const line = yield* reader.next();
    if (line === undefined) break;
    number++;
    if (!line.startsWith('#')) yield* checkLine(t, { list, number, line }, options, tally);
  }
  closeFile(t, file);
  return yield* summary(t, list, tally, options);
}

interface CheckLine {
  readonly digest: string;
  readonly name: string;
}

/** `DIGEST  NAME`, `DIGEST *NAME`, or `LABEL (NAME) = DIGEST` */
function parseCheckLine(line: string, { algorithm, label }: CheckOptions): CheckLine | undefined {
  const hex = `([0-9a-fA-F]{${algorithm.outputLen * 2}})`;
  const plain = new RegExp(`^${hex} [ *](.+)$`, 's').exec(line);
  if (plain !== null) return { digest: plain[1] ?? '', name: plain[2] ?? '' };
  const tagged = new RegExp(`^${label} \\((.+)\\) = ${hex}$`, 's').exec(line);
  return tagged === null ? undefined : { digest: tagged[2] ?? '', name: tagged[1] ?? '' };
}

interface ListLine {
  readonly list: string;
  readonly number: number;
  readonly line: string;
}

function* checkLine(
  t: Tool,
  { list, number, line }: ListLine,
  options: CheckOptions,
  tally: Tally,
): Task<void> {
  const wanted = parseCheckLine(line, options);
  if (wanted === undefined) {
    tally.malformed++;
    if (!options.warns) return;
    const text = `improperly formatted ${options.label} checksum line`;
    yield* warn(t, `${shownList(list)}: ${number}: ${text}`);
    return;
  }
  tally.proper++;
  const { name } = wanted;
  const digest = yield* digestNamed(t, name, options.algorithm);
  if (typeof digest !== 'string') {
    if (options.ignoreMissing && digest.errno === 'ENOENT') return;
    tally.unreadable++;
    yield* warn(t, `${quoteIfNeeded(name)}: ${strerror(digest.errno)}`);
    if (!options.silent) t.out.put(`${name}: FAILED open or read\n`);
    return yield* flushIfFull(t);
  }
  const good = digest === wanted.digest.toLowerCase();
  tally[good ? 'good' : 'mismatched']++;
  if (!options.silent && !(good && options.quiet))
    t.out.put(`${name}: ${good ? 'OK' : 'FAILED'}\n`);
  yield* flushIfFull(t);
}

const shownList = (list: string): string =>
  list === '-' ? "'standard input'" : quoteIfNeeded(list);

const many = (n: number, one: string, more: string): string =>
  `WARNING: ${n} ${n === 1 ? one : more}`;

function* summary(t: Tool, list: string, tally: Tally, options: CheckOptions): Task<boolean> {
  const { good, mismatched, unreadable, malformed, proper } = tally;
  const { silent, ignoreMissing, strict } = options;
  if (proper === 0) {
    yield* warn(t, `${shownList(list)}: no properly formatted checksum lines found`);
    return false;
  }
  if (!silent) yield* warnOf(t, list, tally, options);
  if (strict && malformed > 0) return false;
  return mismatched === 0 && unreadable === 0 && !(ignoreMissing && good === 0);
}

function* warnOf(t: Tool, list: string, tally: Tally, { ignoreMissing }: CheckOptions): Task<void> {
  const { good, mismatched, unreadable, malformed } = tally;
  if (malformed > 0)
    yield* warn(
      t,
      many(malformed, 'line is improperly formatted', 'lines are improperly formatted'),
    );
  if (unreadable > 0)
    yield* warn(
      t,
      many(unreadable, 'listed file could not be read', 'listed files could not be read'),
    );
  if (mismatched > 0)
    yield* warn(
      t,
      many(mismatched, 'computed checksum did NOT match', 'computed checksums did NOT match'),
    );
  if (ignoreMissing && good === 0) yield* warn(t, `${quoteIfNeeded(list)}: no file was verified`);
}

export const md5sum: Program = sum('MD5', md5);
export const sha1sum: Program = sum('SHA1', sha1);
export const sha224sum: Program = sum('SHA224', sha224);
export const sha256sum: Program = sum('SHA256', sha256);
export const sha384sum: Program = sum('SHA384', sha384);
export const sha512sum: Program = sum('SHA512', sha512);
