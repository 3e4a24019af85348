// qemu-io.ts — qemu-io: reads and writes of patterns, on an image that the program opens for itself.
import { complain, Failure, fail, LineReader, parseOptions, refuse, tool } from '@dmsim/coreutils';
import { textOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { filesOf } from '../qemu/tree-files.ts';
import { extents } from './image-data.ts';
import { unlockAll } from './image-locks.ts';
import type { Image, OpenImage } from './image.ts';
import { closeBitmaps, openBitmaps, openImage, READ_WRITE_SHARED, sizeOf } from './image.ts';
import type { ImgTool } from './img-tool.ts';
import { startRun } from './img-tool.ts';
import { specificLines } from './info.ts';
import type { IoSession } from './io-session.ts';
import { say, usage } from './io-session.ts';
import {
  discard,
  invalid,
  invalidOption,
  notNumeric,
  read,
  readOnly,
  write,
} from './io-transfer.ts';
import { setSize } from './resize.ts';
import { formatIoSize, parseSize } from './sizes.ts';

const HELP = `Usage: qemu-io [-f FORMAT] [-r] [-c COMMAND]... FILE
Runs commands on an image: those given, or those of standard input. What QEMU's has besides is not simulated. How long a
request took is printed as 0.
`;

const SPEC = {
  short: 'c:f:rnUt:Cd:i:k',
  long: {
    'image-opts': 'image-opts',
    cmd: 'c:',
    format: 'f:',
    'read-only': 'r',
    nocache: 'n',
    'force-share': 'U',
    cache: 't:',
    discard: 'd:',
    aio: 'i:',
    'native-aio': 'k',
  },
  refused: 'msTVh',
  refusedLong: ['snapshot', 'copy-on-read', 'misalign', 'trace', 'object'],
};

export const qemuIoProgram = (machine: Machine): Program => tool((t) => main(startRun(t), machine));

function* main(t: ImgTool, machine: Machine): Task<number> {
  try {
    return yield* qemuIo(t, machine);
  } finally {
    unlockAll(t);
  }
}

function* qemuIo(t: ImgTool, machine: Machine): Task<number> {
  if (t.args[0] === '--help') {
    t.out.put(HELP);
    return 0;
  }
  const { given, has, value, operands } = parseOptions(t, SPEC);
  const commands = given.filter(([key]) => key === 'c').map(([, text]) => textOf(text));
  const [path, ...more] = operands;
  if (more.length > 0) refuse(t, 'qemu-io with more files');
  checkModes(t, value);
  const files = filesOf(machine, t.context.cwd);
  const session: IoSession = {
    t,
    files,
    image: null,
    isReadOnly: has('r'),
    ignoresDiscards: /^(?:ignore|off)$/u.test(value('d') ?? ''),
    errors: '',
    usages: USAGES,
  };
  if (path !== undefined)
    session.image = openFor(session, path, {
      format: value('f') ?? null,
      isOptions: has('image-opts'),
      forceShare: has('U'),
    });
  session.errors = t.notes.join('') + session.errors;
  const status = commands.length === 0 ? yield* runInput(session) : runCommands(session, commands);
  if (session.errors !== '') yield* complain(t, session.errors);
  if (session.image !== null) closeBitmaps(session.image);
  return status;
}

function runCommands(session: IoSession, commands: readonly string[]): number {
  let status = 0;
  for (const command of commands) {
    const words = wordsOf(command);
    if (isQuit(words)) break;
    if (words.length > 0 && !run(session, words)) status = 1;
  }
  return status;
}

const wordsOf = (command: string): string[] => command.split(/\s+/u).filter((word) => word !== '');
const isQuit = ([name]: readonly string[]): boolean => name === 'quit' || name === 'q';

const PROMPT = 'qemu-io> ';

/** Runs the lines of standard input, and prompts for each. What a command complains of comes before what it prints. */
function* runInput(session: IoSession): Task<number> {
  const { t } = session;
  const input = t.context.fds.get(0);
  const lines = input === undefined ? null : new LineReader(t, input);
  let status = 0;
  for (;;) {
    if (session.errors !== '') yield* complain(t, session.errors);
    session.errors = '';
    t.out.put(PROMPT);
    yield* t.out.flush();
    const line = lines === null ? undefined : yield* lines.next();
    if (line === undefined) return status;
    const words = wordsOf(textOf(line));
    if (isQuit(words)) return status;
    if (words.length > 0 && !run(session, words)) status = 1;
  }
}

const MODES: readonly (readonly [letter: string, what: string, values: RegExp])[] = [
  ['t', 'cache', /^(?:none|off|writeback|writethrough|unsafe|directsync)$/u],
  ['d', 'discard', /^(?:ignore|off|unmap|on)$/u],
  ['i', 'aio', /^(?:threads|native|io_uring)$/u],
];

/** How the image is cached and accessed makes no difference to what is printed; but the value must be one. */
function checkModes(t: ImgTool, value: (key: string) => string | undefined): void {
  for (const [letter, what, values] of MODES) {
    const given = value(letter);
    if (given !== undefined && !values.test(given))
      fail(t, `Invalid ${what} option: ${textOf(given)}`);
  }
}

function openFor(session: IoSession, path: string, options: OpenImage): Image {
  const { t, files, isReadOnly } = session;
  if (options.forceShare === true && !isReadOnly)
    fail(t, `can't open device ${textOf(path)}: ${READ_WRITE_SHARED}`);
  const image = openImage(t, files, path, {
    ...options,
    writes: !isReadOnly,
    failing: options.isOptions === true ? "can't open" : `can't open device ${textOf(path)}`,
  });
  if (!isReadOnly) openBitmaps(image);
  return image;
}

/** False: it failed. */
type IoAct = (session: IoSession, image: Image, words: readonly string[], name: string) => boolean;

interface IoCommand {
  readonly act: IoAct;
  /** The least and the most words that follow the name. */
  readonly least: number;
  readonly most: number;
  readonly usage: string;
  readonly about: string;
}

const READS = 'reads a number of bytes at a specified offset';
const WRITES = 'writes a number of bytes at a specified offset';
const RANGE = '[-P pattern] off len [len..]';

const command = (
  act: IoAct,
  [least, most]: readonly [number, number],
  usage: string,
  about: string,
): IoCommand => ({ act, least, most, usage, about });

const nothing: IoAct = () => true;

const COMMANDS: Readonly<Record<string, IoCommand>> = {
  aio_flush: command(nothing, [0, 0], '', 'completes all outstanding aio requests'),
  aio_read: command(
    read,
    [2, Infinity],
    `[-Ciqv] ${RANGE}`,
    'asynchronously reads a number of bytes',
  ),
  aio_write: command(
    write,
    [2, Infinity],
    `[-Cfiquz] ${RANGE}`,
    'asynchronously writes a number of bytes',
  ),
  alloc: command(
    showAllocated,
    [1, 2],
    'offset [count]',
    'checks if offset is allocated in the file',
  ),
  close: command(close, [0, 0], '', 'close the current open file'),
  discard: command(
    discard,
    [2, Infinity],
    '[-Cq] off len',
    'discards a number of bytes at a specified offset',
  ),
  flush: command(nothing, [0, 0], '', 'flush all in-core file state to disk'),
  info: command(showInfo, [0, 0], '', 'prints information about the current file'),
  length: command(showLength, [0, 0], '', 'gets the length of the current file'),
  map: command(showMap, [0, 0], '', 'prints the allocated areas of a file'),
  read: command(read, [2, Infinity], '[-abCqv] [-P pattern [-s off] [-l len]] off len', READS),
  readv: command(read, [2, Infinity], `[-Cqv] ${RANGE}`, READS),
  truncate: command(
    truncate,
    [1, 3],
    '[-m prealloc_mode] off',
    'truncates the current file at the given offset',
  ),
  write: command(write, [2, Infinity], '[-bcCfnquz] [-P pattern | -s source_file] off len', WRITES),
  writev: command(write, [2, Infinity], `[-Cfq] ${RANGE}`, WRITES),
};

const SHORT: Readonly<Record<string, string>> = {
  r: 'read',
  w: 'write',
  d: 'discard',
  f: 'flush',
  l: 'length',
  i: 'info',
  rv: 'readv',
  wv: 'writev',
  c: 'close',
  o: 'open',
  t: 'truncate',
};

/** Commands of QEMU's that are not simulated. */
const FOREIGN = /^(?:abort|break|b|help|\?|remove_break|reopen|resume|sigraise|sleep|wait_break)$/u;

const USAGES = Object.fromEntries(
  Object.entries(COMMANDS).map(([name, { usage, about }]) => [
    name,
    `${name} ${usage} -- ${about}`,
  ]),
);

function run(session: IoSession, [given = '', ...words]: readonly string[]): boolean {
  const { t, image } = session;
  const name = SHORT[given] ?? given;
  if (FOREIGN.test(name)) return refuse(t, `qemu-io ${name}`);
  if (name === 'open') return open(session, words);
  const its = COMMANDS[name];
  if (its === undefined) return complainOf(session, `command "${given}" not found`);
  const count = words.length;
  if (count < its.least || count > its.most)
    return complainOf(
      session,
      `bad argument count ${count} to ${given}, expected ${expected(its)} arguments`,
    );
  if (image === null) return complainOf(session, "no file open, try 'help open'");
  return its.act(session, image, words, name);
}

const expected = ({ least, most }: IoCommand): string => {
  if (most === Infinity) return `at least ${least}`;
  return least === most ? String(least) : `between ${least} and ${most}`;
};

/** Says on standard error what was wrong. */
function complainOf(session: IoSession, what: string): false {
  session.errors += `${what}\n`;
  return false;
}

function open(session: IoSession, words: readonly string[]): boolean {
  const path = words.at(-1);
  const [flags, operands] = [words.filter((word) => word.startsWith('-')), words.length];
  if (session.image !== null) {
    session.errors += "qemu-io: file open already, try 'help close'\n";
    return false;
  }
  if (
    path === undefined ||
    flags.some((flag) => flag !== '-r' && flag !== '-n') ||
    operands !== flags.length + 1
  )
    return refuse(session.t, `qemu-io open ${words.join(' ')}`);
  session.isReadOnly = flags.includes('-r');
  session.ignoresDiscards = false;
  try {
    session.image = openFor(session, path, { format: null });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    session.errors += error.message;
    return false;
  }
  return true;
}

function close(session: IoSession, image: Image): boolean {
  closeBitmaps(image);
  unlockAll(session.t);
  session.image = null;
  return true;
}

function showLength({ t }: IoSession, image: Image): boolean {
  t.out.put(`${formatIoSize(sizeOf(image))}\n`);
  return true;
}

/** The state of a machine would lie behind the disk, from the next L1 entry on. */
function showInfo({ t }: IoSession, { format, qcow2 }: Image): boolean {
  const cluster = qcow2?.clusterSize ?? 0;
  const reach = (cluster * cluster) / 8;
  const state = qcow2 === null ? 0 : Math.ceil(qcow2.virtualSize / reach) * reach;
  const details = qcow2 === null ? [] : specificLines(qcow2);
  t.out.put(
    [
      `format name: ${format}`,
      `cluster size: ${formatIoSize(cluster)}`,
      `vm state offset: ${formatIoSize(state)}`,
      ...details,
    ]
      .map((line) => `${line}\n`)
      .join(''),
  );
  return true;
}

/** Why there is no such way to allocate what the image grows by; null if there is. */
function wrongMode(t: ImgTool, mode: string): string | null {
  if (!/^(?:off|metadata|falloc|full)$/u.test(mode))
    return `qemu-io: Invalid preallocation mode '${mode}'`;
  return mode === 'off' ? null : refuse(t, `qemu-io truncate -m ${mode}`);
}

function truncate(session: IoSession, image: Image, words: readonly string[]): boolean {
  const { t, isReadOnly } = session;
  const letter = invalidOption(words, 'm');
  if (letter !== null) return invalid(session, 'truncate', letter);
  const mode = words[0] === '-m' ? (words[1] ?? '') : 'off';
  const [text = '', ...more] = words[0] === '-m' ? words.slice(2) : words;
  const wrong = wrongMode(t, mode);
  if (wrong !== null) return complainOf(session, wrong);
  if (text === '' || more.length > 0) return usage(session, 'truncate');
  const size = parseSize(text);
  if (size === null) return say(session, notNumeric(text));
  if (isReadOnly) return readOnly(session);
  setSize(t, image, size);
  return true;
}

function showMap({ t }: IoSession, image: Image): boolean {
  const runs: { at: number; length: number; readonly here: boolean }[] = [];
  for (const { start, length, image: from } of extents(image, 0, sizeOf(image))) {
    const here = from === image;
    const last = runs.at(-1);
    if (last?.here === here) last.length += length;
    else runs.push({ at: start, length, here });
  }
  for (const { at, length, here } of runs) {
    const how = here ? '    allocated' : 'not allocated';
    t.out.put(
      `${formatIoSize(length)} (0x${length.toString(16)}) bytes ${how} at offset ${formatIoSize(at)} (0x${at.toString(16)})\n`,
    );
  }
  return true;
}

function showAllocated(session: IoSession, image: Image, words: readonly string[]): boolean {
  const { t } = session;
  const [offset = null, length = 512] = words.map(parseSize);
  if (offset === null || length === null)
    return say(session, notNumeric((offset === null ? words[0] : words[1]) ?? ''));
  const end = Math.max(offset, Math.min(sizeOf(image), offset + length));
  let here = 0;
  for (const extent of extents(image, offset, end))
    if (extent.image === image) here += extent.length;
  t.out.put(`${here}/${end - offset} bytes allocated at offset ${formatIoSize(offset)}\n`);
  return true;
}
