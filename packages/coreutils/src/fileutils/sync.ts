// sync.ts — sync(1) and mknod(1), which access the devices of a machine.
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { DeviceNode, OpenFile, Program, Resolved, Vnode } from '@dmsim/vfs';
import { createFifo, ready } from '@dmsim/vfs';

import { closeFile } from '../lines.ts';
import { parseOptions } from '../options.ts';
import { openPath, resolve } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { fail, Failure, failUsage, quote, quoteIfNeeded, quoteShell, tool, warn } from '../tool.ts';
import { fifoMode } from './mkfifo.ts';
import { changeMode } from './mode.ts';

/** sync(2) for the whole machine. */
export type SyncAll = (tool: { readonly process: Tool['process'] }) => Task<void>;

/** syncfs(2) of an open file. */
export type SyncFileSystem = (file: OpenFile) => Task<Errno | undefined>;

/** File systems are in memory, that of the nodes in /dev, too, and have nothing to write. */
const nothingToWrite: SyncFileSystem = () => ready(undefined);

/** Makes sync(1). With files it calls fsync(2) on each, or `syncSystem` with -f; without, it calls `syncAll`. */
export const createSync = (
  syncAll: SyncAll,
  syncSystem: SyncFileSystem = nothingToWrite,
): Program => tool((t) => sync(t, syncAll, syncSystem));

function* sync(t: Tool, syncAll: SyncAll, syncSystem: SyncFileSystem): Task<number> {
  const { has, operands } = parseOptions(t, {
    short: 'df',
    long: { data: 'd', 'file-system': 'f' },
  });
  if (has('d') && has('f')) fail(t, 'cannot specify both --data and --file-system');
  if (operands.length === 0) {
    if (has('d')) fail(t, '--data needs at least one argument');
    yield* syncAll(t);
    return 0;
  }
  let status = 0;
  for (const name of operands) {
    const file = yield* openPath(t, name, { read: true, write: false });
    const error =
      typeof file === 'string' ? file : yield* has('f') ? syncSystem(file) : file.sync(t.process);
    if (typeof file !== 'string') closeFile(t, file);
    if (error === undefined) continue;
    status = 1;
    const doing = typeof file === 'string' ? 'opening' : 'syncing';
    yield* warn(t, `error ${doing} ${quoteShell(name)}: ${strerror(error)}`);
  }
  return status;
}

interface DeviceNumbers {
  readonly kind: 'block' | 'character';
  readonly major: number;
  readonly minor: number;
  readonly mode: number;
}

export type MakeDeviceNode = (numbers: DeviceNumbers) => DeviceNode;

export const createMknod = (makeNode: MakeDeviceNode): Program => tool((t) => mknod(t, makeNode));

function* mknod(t: Tool, makeNode: MakeDeviceNode): Task<number> {
  const { value, operands } = parseOptions(t, {
    short: 'm:',
    long: { mode: 'm:' },
    refused: 'Z',
    refusedLong: ['context'],
  });
  if (operands[1] === 'p') return yield* makeFifo(t, operands, value('m'));
  const { name, type, major, minor } = nodeOperands(t, operands);
  if (!/^[bcu]$/.test(type)) failUsage(t, `invalid device type ${quote(t, type)}`);
  const given = value('m');
  const { umask } = t.process;
  const mode =
    given === undefined ? 0o666 & ~umask : changeMode(given, 0o666, { isDirectory: false, umask });
  if (mode === undefined) fail(t, 'invalid mode');
  const numbers: DeviceNumbers = {
    kind: type === 'b' ? 'block' : 'character',
    major: deviceNumber(t, major, 'major'),
    minor: deviceNumber(t, minor, 'minor'),
    mode,
  };
  return yield* place(t, name, makeNode(numbers));
}

function* place(t: Tool, name: string, node: Vnode): Task<number> {
  const found = resolve(t, name, { follow: false });
  const error = typeof found === 'string' ? found : placeNode(found, node);
  if (error !== undefined) fail(t, `${quoteIfNeeded(name)}: ${strerror(error)}`);
  yield* t.out.flush();
  return 0;
}

/** NAME p */
function makeFifo(t: Tool, operands: readonly string[], mode: string | undefined): Task<number> {
  const [name = '', , extra] = operands;
  if (extra !== undefined) {
    const why = 'Fifos do not have major and minor device numbers.';
    failWith(t, `extra operand ${quote(t, extra)}`, why);
  }
  return place(t, name, createFifo(fifoMode(t, mode)));
}

type NodeOperands = Readonly<Record<'name' | 'type' | 'major' | 'minor', string>>;

/** NAME TYPE MAJOR MINOR */
function nodeOperands(t: Tool, operands: readonly string[]): NodeOperands {
  const [name, type, major, minor, extra] = operands;
  if (name === undefined) failUsage(t, 'missing operand');
  if (type === undefined) failUsage(t, `missing operand after ${quote(t, name)}`);
  if (major === undefined || minor === undefined)
    needsNumbers(t, `missing operand after ${quote(t, operands.at(-1) ?? '')}`);
  if (extra !== undefined) failUsage(t, `extra operand ${quote(t, extra)}`);
  return { name, type, major, minor };
}

const deviceNumber = (t: Tool, word: string, what: string): number =>
  /^\d+$/.test(word) ? Number(word) : fail(t, `invalid ${what} device number ${quote(t, word)}`);

function placeNode({ node, parent, name }: Resolved, made: Vnode): Errno | undefined {
  return node === undefined ? parent.link(name, made) : 'EEXIST';
}

function needsNumbers(t: Tool, message: string): never {
  return failWith(t, message, 'Special files require major and minor device numbers.');
}

function failWith(t: Tool, message: string, why: string): never {
  throw new Failure(
    `${t.name}: ${message}\n${why}\nTry '${t.name} --help' for more information.\n`,
    1,
  );
}
