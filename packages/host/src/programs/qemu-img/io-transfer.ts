// io-transfer.ts — The commands of qemu-io that move data: read, write, discard and their kin.
import { refuse } from '@dmsim/coreutils';
import type { Errno } from '@dmsim/sim';
import { strerror, withinLimit } from '@dmsim/sim';

import type { ZeroRoom } from './image-data.ts';
import { discardAt, readAt, writeAt, zeroAt } from './image-data.ts';
import type { Image } from './image.ts';
import { sizeOf } from './image.ts';
import type { IoSession } from './io-session.ts';
import { usage } from './io-session.ts';
import { formatIoSize, parseSize } from './sizes.ts';

/** The options of each command; a colon follows one with a value. */
const OPTIONS: Readonly<Record<string, string>> = {
  read: 'bCl:pP:qs:v',
  readv: 'CP:qv',
  aio_read: 'CP:iqv',
  write: 'bcCfnpP:qs:uz',
  writev: 'CfqP:',
  aio_write: 'CfiP:quz',
  discard: 'Cq',
};

/** Options whose effect is not simulated: compression, requests that are not valid. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  write: ['c'],
  aio_read: ['i'],
  aio_write: ['i'],
};

export const notNumeric = (text: string): string =>
  `Parsing error: non-numeric argument, or extraneous/unrecognized suffix -- ${text}`;

/** The first letter that is no option of these; null if all are. */
export function invalidOption(words: readonly string[], letters: string): string | null {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!/^-./u.test(word)) continue;
    for (let k = 1; k < word.length; k++) {
      const at = letters.indexOf(word[k] ?? '');
      if (at < 0) return word[k] ?? '';
      if (letters[at + 1] !== ':') continue;
      if (k + 1 === word.length) i++;
      break;
    }
  }
  return null;
}

export function invalid(session: IoSession, name: string, letter: string): false {
  session.errors += `${name}: invalid option -- '${letter}'\n`;
  return usage(session, name);
}

export function readOnly(session: IoSession): false {
  session.errors += 'qemu-io: Block node is read-only\n';
  return false;
}

interface Given {
  readonly flags: ReadonlyMap<string, string>;
  readonly rest: readonly string[];
}

function parseFlags(words: readonly string[], letters: string): Given {
  const flags = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!/^-./u.test(word)) {
      rest.push(word);
      continue;
    }
    for (let k = 1; k < word.length; k++) {
      const letter = word[k] ?? '';
      const takes = letters[letters.indexOf(letter) + 1] === ':';
      if (takes) flags.set(letter, word.slice(k + 1) || (words[++i] ?? ''));
      else flags.set(letter, '');
      if (takes) break;
    }
  }
  return { flags, rest };
}

interface Transfer {
  readonly flags: ReadonlyMap<string, string>;
  readonly pattern: number | null;
  readonly offset: number;
  readonly length: number;
}

interface Asked {
  readonly name: string;
  readonly words: readonly string[];
}

/** The names by which requests that are not waited for say that they have failed. */
const AIO_NAMES: Readonly<Record<string, string>> = { aio_read: 'readv', aio_write: 'aio_write' };

const MAX_LENGTH = 2_147_483_136;

/** Null: the words are wrong, or lie outside the disk, and that was said. */
function parseTransfer(session: IoSession, image: Image, { name, words }: Asked): Transfer | null {
  const letters = OPTIONS[name] ?? '';
  const letter = invalidOption(words, letters);
  if (letter !== null) {
    invalid(session, name, letter);
    return null;
  }
  const given = parseFlags(words, letters);
  refuseForeign(session, name, given);
  const transfer = transferOf(name, given);
  if (transfer === 'usage') {
    usage(session, name);
    return null;
  }
  if (typeof transfer === 'string') {
    session.t.out.put(`${transfer}\n`);
    return null;
  }
  if (session.isReadOnly && name.includes('write')) {
    readOnly(session);
    return null;
  }
  if (transfer.offset + transfer.length <= sizeOf(image)) return transfer;
  session.t.out.put(`${AIO_NAMES[name] ?? name} failed: Input/output error\n`);
  return null;
}

function refuseForeign({ t }: IoSession, name: string, { flags }: Given): void {
  const foreign = FOREIGN[name]?.find((each) => flags.has(each));
  if (foreign !== undefined) refuse(t, `qemu-io ${name} -${foreign}`);
  // The line of numbers that -C prints is about time only.
  if (flags.has('C') && !flags.has('q')) refuse(t, `qemu-io ${name} -C`);
}

/** A text is what is wrong; `usage` asks for the command's. */
function transferOf(name: string, { flags, rest }: Given): Transfer | string {
  const pattern = flags.has('P') ? patternOf(flags.get('P') ?? '') : null;
  if (typeof pattern === 'string') return pattern;
  const range = rangeOf(name, flags, rest);
  return typeof range === 'string' ? range : { flags, pattern, ...range };
}

function patternOf(text: string): number | string {
  const value = /^(?:0x[0-9a-f]+|\d+)$/iu.test(text) ? Number(text) : NaN;
  return value <= 0xff ? value : `${text} is not a valid pattern byte`;
}

interface Range {
  readonly offset: number;
  readonly length: number;
}

/** A text is what is wrong. */
function rangeOf(name: string, flags: Transfer['flags'], rest: readonly string[]): Range | string {
  const isVector = name.endsWith('v') || name.startsWith('aio');
  const why = wrongFlags(name, flags);
  if (why !== null) return why;
  if (isVector ? rest.length < 2 : rest.length !== 2) return 'usage';
  const sizes = rest.map(parseSize);
  const wrong = sizes.indexOf(null);
  if (wrong !== -1) return notNumeric(rest[wrong] ?? '');
  const [offset = 0, ...lengths] = sizes as number[];
  const long = lengths.findIndex((length) => length > MAX_LENGTH);
  if (long !== -1)
    return isVector
      ? `Argument '${rest[long + 1]}' exceeds maximum size ${MAX_LENGTH}`
      : `length cannot exceed ${MAX_LENGTH}${name === 'write' ? ' without -n' : ''}, given ${rest[1]}`;
  return { offset, length: lengths.reduce((sum, length) => sum + length, 0) };
}

function wrongFlags(name: string, flags: Transfer['flags']): string | null {
  if (name === 'read')
    return flags.has('P') || !(flags.has('l') || flags.has('s')) ? null : 'usage';
  const sources = ['z', 'P', 's'].filter((letter) => flags.has(letter));
  if (sources.length > 1 && name !== 'aio_write')
    return 'Only one of -z, -P, and -s can be specified at the same time';
  if (flags.has('n') && !flags.has('z')) return '-n requires -z to be specified';
  return flags.has('u') && !flags.has('z') ? '-u requires -z to be specified' : null;
}

export function read(
  session: IoSession,
  image: Image,
  words: readonly string[],
  name: string,
): boolean {
  const transfer = parseTransfer(session, image, { name, words });
  if (transfer === null) return false;
  const { t } = session;
  const { flags, pattern, offset, length } = transfer;
  const [from, count] = [parseSize(flags.get('s') ?? '0'), parseSize(flags.get('l') ?? '0')];
  if (from === null || count === null) return refuse(t, `qemu-io ${name} ${words.join(' ')}`);
  const bytes = flags.has('l') ? count : length - from;
  if (from + bytes > length) {
    t.out.put('pattern verification range exceeds end of read data\n');
    return false;
  }
  withinLimit(t.process.sim.limits, 'requestBytes', length);
  const data = readAt(image, offset, length);
  const verified = isFilledWith(data.subarray(from, from + bytes), pattern);
  if (!verified)
    t.out.put(`Pattern verification failed at offset ${offset + from}, ${bytes} bytes\n`);
  if (!flags.has('q')) showRead(session, transfer, data);
  // A request that is not waited for ends after its command has succeeded.
  return verified || name === 'aio_read';
}

const isFilledWith = (data: Uint8Array, pattern: number | null): boolean =>
  pattern === null || data.every((byte) => byte === pattern);

function showRead(session: IoSession, transfer: Transfer, data: Uint8Array): void {
  if (transfer.flags.has('v')) dump(session, data, transfer.offset);
  report(session, 'read', transfer);
}

const WIDTH = 16;

function dump({ t }: IoSession, data: Uint8Array, offset: number): void {
  for (let at = 0; at < data.length; at += WIDTH) {
    const row = [...data.subarray(at, at + WIDTH)];
    const bytes = row.map((byte) => ` ${byte.toString(16).padStart(2, '0')}`).join('');
    const text = row
      .map((byte) =>
        /[0-9A-Za-z]/u.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : '.',
      )
      .join('');
    t.out.put(`${(offset + at).toString(16).padStart(8, '0')}: ${bytes}  ${text}\n`);
  }
}

const DEFAULT_PATTERN = 0xcd;

export function write(
  session: IoSession,
  image: Image,
  words: readonly string[],
  name: string,
): boolean {
  const transfer = parseTransfer(session, image, { name, words });
  if (transfer === null) return false;
  const { flags, pattern, offset, length } = transfer;
  const source = flags.get('s');
  const filling =
    source === undefined
      ? new Uint8Array([pattern ?? DEFAULT_PATTERN])
      : contentOf(session, source);
  if (filling === null) return false;
  const isZeroes = flags.has('z');
  if (!isZeroes) withinLimit(session.t.process.sim.limits, 'requestBytes', length);
  const error = isZeroes
    ? zeroAt(image, offset, length, roomOf(session, flags.has('u')))
    : writeAt(image, offset, filledWith(filling, length));
  return ended(session, transfer, { name, done: 'wrote', error });
}

const roomOf = ({ ignoresDiscards }: IoSession, mayUnmap: boolean): ZeroRoom =>
  mayUnmap ? (ignoresDiscards ? 'frees' : 'unmaps') : 'keeps';

/** What a file holds. Null: there is nothing, which was said. */
function contentOf(session: IoSession, path: string): Uint8Array | null {
  const file = session.files.get(path);
  const size = file?.size() ?? 0;
  if (file !== undefined && size > 0) return file.readAt(0, size);
  session.errors += `${path}: ${file === undefined ? 'No such file or directory' : 'file is empty'}\n`;
  return null;
}

/** The same bytes again and again. */
function filledWith(filling: Uint8Array, length: number): Uint8Array {
  const data = new Uint8Array(length);
  if (filling.length === 1) return data.fill(filling[0] ?? 0);
  for (let at = 0; at < length; at += filling.length)
    data.set(filling.subarray(0, length - at), at);
  return data;
}

export function discard(
  session: IoSession,
  image: Image,
  words: readonly string[],
  name: string,
): boolean {
  const transfer = parseTransfer(session, image, { name, words });
  if (transfer === null) return false;
  if (session.isReadOnly) return readOnly(session);
  const error = session.ignoresDiscards
    ? undefined
    : discardAt(image, transfer.offset, transfer.length);
  return ended(session, transfer, { name, done: 'discard', error });
}

function ended(
  session: IoSession,
  transfer: Transfer,
  { name, done, error }: { name: string; done: string; error: Errno | undefined },
): boolean {
  if (error !== undefined) session.t.out.put(`${name} failed: ${strerror(error)}\n`);
  else if (!transfer.flags.has('q')) report(session, done, transfer);
  return error === undefined;
}

function report({ t }: IoSession, done: string, { offset, length }: Transfer): void {
  t.out.put(
    `${done} ${length}/${length} bytes at offset ${offset}\n` +
      `${formatIoSize(length)}, 1 ops; 00.00 sec (0 bytes/sec and 0.0000 ops/sec)\n`,
  );
}
