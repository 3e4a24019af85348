// human-qemu-io.ts — The human monitor's `qemu-io`: requests to a node, as if through a backend of its own. Mirrors block/monitor/block-hmp-cmds.c: hmp_qemu_io, qemu-io-cmds.c.
//
//   qemu-io [-d] DEVICE "COMMAND [OPTIONS] [OFFSET BYTES]"
//
// A command prints to QEMU's standard output: the monitor prints nothing, even for a request that fails.
import type { Errno } from '@dmsim/sim';
import { withinLimit } from '@dmsim/sim';

import type { Blocking } from '../../aio/main-loop.ts';
import { pollUntil } from '../../aio/main-loop.ts';
import { account } from '../../block/accounting.ts';
import type { BlockBackend } from '../../block/backend.ts';
import { setRights } from '../../block/backend.ts';
import type { BlockOp } from '../../block/block-driver.ts';
import { findNode } from '../../block/graph.ts';
import type { BlockNode } from '../../block/node.ts';
import {
  addUser,
  drainAll,
  drainTwice,
  flushRequest,
  nodeLength,
  removeUser,
  submitRequest,
} from '../../block/node.ts';
import { passingUser, refuseUse } from '../../block/permissions.ts';
import { ALL_RIGHTS, RIGHT } from '../../block/rights.ts';
import {
  isSuspended,
  removeBreakpoint,
  resumeRequest,
  setBreakpoint,
} from '../../drivers/blkdebug.ts';
import { optionalSize } from '../../drivers/options.ts';
import { resizeNode } from '../../drivers/truncate-node.ts';
import type { Vm } from '../../vm/vm.ts';
import { BLKDEBUG_EVENTS } from '../blockdev-options.ts';
import type { CommandResult } from '../command.ts';
import { notSimulated, success } from '../command.ts';
import { words } from '../qapi.ts';
import { formatLines } from './image-text.ts';
import { imageInfo } from './query-block.ts';

const TRY = 'Try "help qemu-io" for more information\r\n';

/** Runs the whole line. */
export function* humanQemuIo(vm: Vm, line: string): Blocking<CommandResult> {
  const { isDevice, target, quoted, rest } = splitLine(line);
  const missing = refuseLine(target, quoted, rest);
  if (missing !== null) return success(`qemu-io: ${missing}\r\n${TRY}`);
  const node = isDevice ? nodeOfDevice(vm, target) : findNode(vm.layer, target);
  if (node === undefined) return success(noTarget(vm, target, isDevice));
  const wanted = parseCommand(quoted.replaceAll('"', ''), node);
  const said = yield* carryOut(vm, { target, node, wanted });
  if (said === null) return notSimulated(`human-monitor-command qemu-io: ${quoted}`);
  // A node that is no drive has a backend of its own for the command, which goes with it.
  if (!isDevice && findDrive(vm, target) === undefined) yield* drainTwice(node);
  return success(said);
}

interface Work {
  readonly target: string;
  readonly node: BlockNode;
  readonly wanted: ReturnType<typeof parseCommand>;
}

/** Returns what the monitor prints, or null if it is not simulated. */
function* carryOut(vm: Vm, { target, node, wanted }: Work): Blocking<string | null> {
  if (wanted === 'foreign') return null;
  if (wanted === 'nothing') return '';
  if (wanted === 'info') return aboutFormat(node);
  if (wanted === 'drain') return yield* drain(vm, target);
  if ('stop' in wanted) return yield* atBreakpoint(node, wanted);
  const needs = 'truncate' in wanted ? RIGHT.write | RIGHT.resize : NEEDS[wanted.op];
  const refused = refuseRequest(vm, { target, node, needs });
  if (refused !== null) return `${refused.replaceAll('\n', '\r\n')}\r\n`;
  if ('truncate' in wanted) return (yield* truncate(vm, node, wanted.truncate)) ? '' : null;
  const drive = findDrive(vm, target);
  if (drive === undefined) yield* asPassingUser(node, wanted);
  else yield* request(node, wanted, wanted.waits ? undefined : drive);
  return '';
}

/** aio_flush: waits for all requests, and flushes nothing. */
function* drain(vm: Vm, target: string): Blocking<string> {
  const since = vm.sim.now;
  yield* drainAll(vm.layer);
  const drive = findDrive(vm, target);
  if (drive !== undefined) account(drive.stats, { op: 'flush', bytes: 0, since }, false);
  return '';
}

/** A node that is no drive has a user of its own for the command. */
function* asPassingUser(node: BlockNode, wanted: IoRequest): Blocking<void> {
  const user = passingUser({ name: 'root', needs: NEEDS[wanted.op], shares: ALL_RIGHTS });
  addUser(node, user);
  yield* request(node, { ...wanted, waits: true });
  removeUser(node, user);
}

interface AtBreakpoint {
  readonly stop: 'break' | 'remove_break' | 'resume' | 'wait_break';
  readonly event: string;
  readonly tag: string;
}

/** Only blkdebug has breakpoints; other nodes refuse them on the standard output. */
function* atBreakpoint(node: BlockNode, { stop, event, tag }: AtBreakpoint): Blocking<string> {
  if (stop === 'break') setBreakpoint(node, event, tag);
  else if (stop === 'remove_break') removeBreakpoint(node, tag);
  else if (stop === 'resume') resumeRequest(node, tag);
  else yield* pollUntil(() => isSuspended(node, tag));
  return '';
}

function parseBreakpoint(command: string, rest: readonly string[]): AtBreakpoint | null {
  const [first = '', second = ''] = rest;
  switch (command) {
    case 'break':
      return rest.length === 2 && BLKDEBUG_EVENTS.includes(first)
        ? { stop: 'break', event: first, tag: second }
        : null;
    case 'remove_break':
    case 'resume':
    case 'wait_break':
      return rest.length === 1 ? { stop: command, event: '', tag: first } : null;
    default:
      return null;
  }
}

/** Returns false if that is not simulated. What QEMU refuses is only seen on its standard output. */
function* truncate(vm: Vm, node: BlockNode, size: number): Blocking<boolean> {
  const { kind } = yield* resizeNode(node, size);
  if (kind === 'done')
    for (const disk of vm.disks) if (disk.blk.node === node) disk.model.resized?.(disk);
  return kind !== 'not simulated';
}

/** `info`: what the image's format tells of itself. The rest goes to the standard output. */
const aboutFormat = (node: BlockNode): string =>
  formatLines(imageInfo(node, { skipsImplicit: true })['format-specific'])
    .map((line) => `${line}\r\n`)
    .join('');

/** The rights that each command asks for. */
const NEEDS: Readonly<Record<BlockOp, number>> = {
  read: 0,
  flush: 0,
  write: RIGHT.write,
  'write-zeroes': RIGHT.write,
  discard: RIGHT.write,
};

const findDrive = ({ layer }: Vm, name: string): BlockBackend | undefined =>
  layer.backends.find((blk) => blk.name === name);

interface NewUse {
  readonly target: string;
  readonly node: BlockNode;
  readonly needs: number;
}

/** A drive keeps the right to write that a command asked for. */
function refuseRequest({ layer }: Vm, { target, node, needs }: NewUse): string | null {
  const drive = layer.backends.find((blk) => blk.node === node && blk.name === target);
  if (needs === 0) return null;
  if (drive === undefined) return refuseUse(node, { needs, shares: ALL_RIGHTS });
  return setRights(drive, { needs: needs | drive.rights.needs, shares: drive.rights.shares });
}

interface IoLine {
  readonly isDevice: boolean;
  readonly target: string;
  readonly quoted: string;
  readonly rest: string;
}

function splitLine(line: string): IoLine {
  const match = /^qemu-io\s*(-d\s+)?("[^"]*"|\S*)\s*("[^"]*"|\S*)\s*(.*)$/u.exec(line);
  const [, flag, target = '', quoted = '', rest = ''] = match ?? [];
  return { isDevice: flag !== undefined, target: target.replaceAll('"', ''), quoted, rest };
}

function refuseLine(target: string, quoted: string, rest: string): string | null {
  if (target === '') return 'block device name expected';
  if (quoted === '') return 'string expected';
  return rest === '' ? null : 'extraneous characters at the end of line';
}

const nodeOfDevice = ({ layer }: Vm, name: string): BlockNode | undefined =>
  layer.backends.find((blk) => blk.qdev === name)?.node;

function noTarget({ controllers, disks }: Vm, name: string, isDevice: boolean): string {
  if (!isDevice) return `Error: Cannot find device='' nor node-name='${name}'\r\n`;
  // In QEMU, the disk of virtio-blk-pci belongs to an inner device.
  return [...controllers, ...disks].some(({ id }) => id === name)
    ? 'Error: Device does not have a block device backend\r\n'
    : `Error: Device '${name}' not found\r\n`;
}

interface IoRequest {
  readonly op: BlockOp;
  readonly pattern: number | null;
  readonly offset: number;
  readonly bytes: number;
  /** Zeroes may give room back. */
  readonly unmaps: boolean;
  /** The data must be on the disk when the command ends. */
  readonly flushes: boolean;
  /** False if the command ends before the request. */
  readonly waits: boolean;
}

const OPS: Readonly<Record<string, BlockOp>> = {
  read: 'read',
  r: 'read',
  readv: 'read',
  aio_read: 'read',
  write: 'write',
  w: 'write',
  writev: 'write',
  aio_write: 'write',
  discard: 'discard',
  d: 'discard',
  flush: 'flush',
  f: 'flush',
};

/** Other commands of qemu-io that change something. The rest only print, which is not seen here. */
const FOREIGN: ReadonlySet<string> = new Set(
  words(`
  abort reopen sigraise sleep
`),
);

interface Truncation {
  /** Bytes. */
  readonly truncate: number;
}

/** `nothing`: no such command, wrong arguments, or nothing to do, which only the standard output tells. */
function parseCommand(
  text: string,
  node: BlockNode,
): IoRequest | Truncation | AtBreakpoint | 'info' | 'drain' | 'nothing' | 'foreign' {
  const [command = '', ...rest] = text.trim().split(/\s+/u);
  if (command === 'info' || command === 'i') return 'info';
  if (command === 'aio_flush') return rest.length === 0 ? 'drain' : 'nothing';
  if (command === 'truncate' || command === 't') return parseTruncation(rest);
  const op = OPS[command];
  if (op === undefined)
    return parseBreakpoint(command, rest) ?? (FOREIGN.has(command) ? 'foreign' : 'nothing');
  return parseRequest(op, { command, rest, node });
}

interface RequestLine {
  readonly command: string;
  readonly rest: readonly string[];
  readonly node: BlockNode;
}

function parseRequest(
  op: BlockOp,
  { command, rest, node }: RequestLine,
): IoRequest | 'nothing' | 'foreign' {
  if (op === 'flush')
    return { op, pattern: null, offset: 0, bytes: 0, unmaps: false, flushes: false, waits: true };
  const options = parseOptions(op, rest);
  if (typeof options === 'string') return options;
  const waits = !command.startsWith('aio_');
  return parseRange(
    { op, waits, length: nodeLength(node) },
    command.endsWith('v') ? inOne(options) : options,
  );
}

/** The lengths of several buffers are those of one request. */
function inOne(options: IoOptions): IoOptions {
  const [offset = '', ...lengths] = options.operands;
  if (lengths.length === 0) return options;
  const bytes = lengths.reduce((sum, length) => sum + (numberOf(length) ?? NaN), 0);
  return { ...options, operands: [offset, String(bytes)] };
}

/** `-m off` is what happens without it. */
function parseTruncation(rest: readonly string[]): Truncation | 'nothing' | 'foreign' {
  const [flag, mode] = rest;
  if (flag === '-m' && mode !== 'off') return MODES.has(mode ?? '') ? 'foreign' : 'nothing';
  const [size, ...more] = (flag === '-m' ? rest.slice(2) : rest).map(numberOf);
  return size === undefined || more.length > 0 ? 'nothing' : { truncate: size };
}

const MODES: ReadonlySet<string> = new Set(['metadata', 'falloc', 'full']);

interface RequestKind {
  readonly op: BlockOp;
  readonly waits: boolean;
  /** Of the node, in bytes. */
  readonly length: number;
}

function parseRange(
  { op, waits, length }: RequestKind,
  { pattern, zeroes, unmaps, flushes, operands }: IoOptions,
): IoRequest | 'nothing' {
  const [offset, bytes, ...more] = operands.map(numberOf);
  if (offset === undefined || bytes === undefined || more.length > 0) return 'nothing';
  const misused = (zeroes && op !== 'write') || (unmaps && !zeroes);
  if (offset + bytes > length || misused) return 'nothing';
  return { op: zeroes ? 'write-zeroes' : op, pattern, offset, bytes, unmaps, flushes, waits };
}

const numberOf = (word: string): number | undefined =>
  /^0x[0-9a-f]+$/iu.test(word) ? Number(word) : optionalSize(word.toUpperCase());

interface IoOptions {
  readonly pattern: number | null;
  readonly zeroes: boolean;
  readonly unmaps: boolean;
  readonly flushes: boolean;
  readonly operands: readonly string[];
}

/** Options with a value: of a pattern, of the part of what is read that has it. */
const WITH_VALUE: Readonly<Partial<Record<BlockOp, string>>> = { read: 'Psl', write: 'P' };

/** -P PATTERN, -z, -u, -f; the others change what is printed. A part of what is read is not checked here. */
function parseOptions(op: BlockOp, given: readonly string[]): IoOptions | 'foreign' {
  let pattern: number | null = null;
  let flags = '';
  const operands: string[] = [];
  for (let i = 0; i < given.length; i++) {
    const word = given[i] ?? '';
    const letter = word.charAt(1);
    if (!word.startsWith('-')) operands.push(word);
    else if (WITH_VALUE[op]?.includes(letter) === true) {
      const value = word.slice(2) || (given[++i] ?? '');
      if (letter === 'P') pattern = Number(value);
    } else if (!isFlags(op, word)) return 'foreign';
    else flags += word;
  }
  return {
    pattern,
    zeroes: flags.includes('z'),
    unmaps: flags.includes('u'),
    flushes: flags.includes('f'),
    operands,
  };
}

const isFlags = (op: BlockOp, word: string): boolean =>
  (op === 'write' ? /^-[pqCvunzf]+$/u : /^-[pqCvunz]+$/u).test(word);

/** The byte that qemu-io writes without a pattern. */
const DEFAULT_PATTERN = 0xcd;

/** @param counts - the drive that counts the request: only one that is not waited for is counted */
function* request(node: BlockNode, given: IoRequest, counts?: BlockBackend): Blocking<void> {
  const { op, pattern, offset, bytes, unmaps, flushes, waits } = given;
  const carries = op === 'read' || op === 'write';
  if (carries) withinLimit(node.layer.sim.limits, 'requestBytes', bytes);
  const data = carries ? new Uint8Array(bytes) : null;
  if (op === 'write') data?.fill(pattern ?? DEFAULT_PATTERN);
  let pending = true;
  const since = node.layer.sim.now;
  const ended = (ret: Errno | null): void => {
    pending = false;
    const counted = op === 'read' ? 'rd' : 'wr';
    if (counts !== undefined) account(counts.stats, { op: counted, bytes, since }, ret !== null);
  };
  submitRequest(node, { op, offset, bytes, data, mayUnmap: unmaps }, (ret) => {
    if (flushes && ret === null) submitRequest(node, flushRequest, ended);
    else ended(ret);
  });
  if (waits) yield* pollUntil(() => !pending);
}
