// losetup.ts — losetup(8) of util-linux: puts files behind loop devices, and lists them.
import type { Loop } from '@dmsim/block';
import {
  addLoop,
  clearLoop,
  configureLoop,
  freeLoop,
  setLoopBlockSize,
  setLoopCapacity,
} from '@dmsim/block';
import type { Tool } from '@dmsim/coreutils';
import { err, Failure, parseSize, refuse, resolve, tool, warn } from '@dmsim/coreutils';
import type { ParsedOptions } from '@dmsim/libc';
import { getopt } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { DeviceNode, MemoryFile, Program } from '@dmsim/vfs';
import { isMemoryFile } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { changeUevent } from '../../udev/disk-uevents.ts';
import { backingName } from './backing-name.ts';
import { mediumOf } from './loop-backing.ts';
import type { LoopCall } from './losetup-call.ts';
import { loopOf } from './losetup-call.ts';
import { listLoops } from './losetup-list.ts';

const OPTIONS = {
  short: 'ac:d:DfJj:LlnO:o:PrvVhb:',
  long: {
    all: 'a',
    'set-capacity': 'c:',
    detach: 'd:',
    'detach-all': 'D',
    find: 'f',
    json: 'J',
    associated: 'j:',
    nooverlap: 'L',
    list: 'l',
    noheadings: 'n',
    output: 'O:',
    'output-all': '--output-all',
    offset: 'o:',
    sizelimit: 'sizelimit:',
    partscan: 'P',
    'read-only': 'r',
    show: 'show',
    'direct-io': 'direct-io::',
    raw: 'raw',
    verbose: 'v',
    'sector-size': 'b:',
    help: 'h',
    version: 'V',
  },
} as const;

export const losetup = (machine: Machine): Program => tool((t) => main(t, machine));

function* main(t: Tool, machine: Machine): Task<number> {
  const { given, operands, error }: ParsedOptions = getopt(t.args, OPTIONS);
  if (error !== undefined) usageError(error.message);
  for (const [key] of given) if (key.startsWith('--') || key === 'h') refuse(t, key);
  const values = new Map(given);
  if (values.has('V')) {
    t.out.put('losetup from util-linux 2.38.1\n');
    return 0;
  }
  const call: LoopCall = {
    t,
    machine,
    has: (key) => values.has(key),
    value: (key) => values.get(key),
    operands,
  };
  checkExclusive(values);
  const detached = given.filter(([key]) => key === 'd').map(([, name]) => name);
  if (detached.length > 0) return yield* detachAll(call, [...detached, ...operands]);
  return yield* carryOut(call);
}

/** One call of losetup does one of these. */
const TASKS = ['detach-all', 'all', 'set-capacity', 'detach', 'find', 'associated'] as const;
const KEYS = ['D', 'a', 'c', 'd', 'f', 'j'];

function checkExclusive(values: ReadonlyMap<string, string>): void {
  if (KEYS.filter((key) => values.has(key)).length < 2) return;
  const names = TASKS.map((name) => `--${name}`).join(' ');
  throw new Failure(`losetup: mutually exclusive arguments: ${names}\n`, 1);
}

function usageError(message: string): never {
  throw new Failure(`losetup: ${message}\nTry 'losetup --help' for more information.\n`, 1);
}

function* carryOut(call: LoopCall): Task<number> {
  const { machine, has, value, operands } = call;
  if (has('D')) {
    for (const loop of machine.loops.loops.values()) detach(machine, loop);
    return 0;
  }
  const grown = value('c');
  if (grown !== undefined) return yield* grow(call, grown);
  if (has('f')) return yield* find(call);
  const [only] = operands;
  if (has('b') && operands.length === 1)
    return yield* setBlockSize(call, mustBeLoop(call, only ?? ''));
  if (has('direct-io') && operands.length === 1)
    return yield* setDirectIo(call, mustBeLoop(call, only ?? ''));
  if (operands.length >= 2) return yield* attachNamed(call);
  return listLoops(call, { named: operands[0] });
}

function mustBeLoop(call: LoopCall, name: string): Loop {
  return loopOf(call, name) ?? err(call.t, `${name}: failed to use device: No such device`);
}

function detach(machine: Machine, loop: Loop): Errno | undefined {
  const error = clearLoop(loop);
  if (error === undefined) changeUevent(machine, loop.disk);
  return error;
}

function* detachAll(call: LoopCall, names: readonly string[]): Task<number> {
  let status = 0;
  for (const name of names) {
    const error = detach(call.machine, mustBeLoop(call, name));
    if (error === undefined) continue;
    status = 1;
    yield* warn(call.t, `${name}: detach failed: ${strerror(error)}`);
  }
  return status;
}

/** `--direct-io[=on|off]` of a device. Mirrors LOOP_SET_DIRECT_IO. */
function* setDirectIo(call: LoopCall, loop: Loop): Task<number> {
  const on = directIoAsked(call);
  if (loop.setup === null) {
    yield* warn(call.t, `/dev/${loop.disk.name}: set direct io failed: ${strerror('ENXIO')}`);
    return 1;
  }
  setDirect(loop, on);
  return 0;
}

function setDirect(loop: Loop, on: boolean): void {
  loop.directIo = on;
  const file = loop.setup?.file;
  if (file !== undefined && 'setDirect' in file) file.setDirect(on);
}

/** `-b SIZE` of a device that has a file already. */
function* setBlockSize(call: LoopCall, loop: Loop): Task<number> {
  const error = setLoopBlockSize(loop, sizeOf(call.t, call.value('b'), 'logical block size'));
  if (error === undefined) return 0;
  const why = `set logical block size failed: ${strerror(error)}`;
  yield* warn(call.t, `/dev/${loop.disk.name}: ${why}`);
  return 1;
}

function directIoAsked({ t, value }: LoopCall): boolean {
  const word = value('direct-io');
  if (word === undefined || word === 'off') return false;
  if (word === '' || word === 'on') return true;
  return err(t, `argument error: '${word}'`);
}

function* grow(call: LoopCall, name: string): Task<number> {
  const error = setLoopCapacity(mustBeLoop(call, name));
  if (error === undefined) return 0;
  yield* warn(call.t, `${name}: set capacity failed: ${strerror(error)}`);
  return 1;
}

/** -f: prints the first free device, or uses it for a file. */
function* find(call: LoopCall): Task<number> {
  const { t, machine, has, operands } = call;
  const [file] = operands;
  if (file === undefined && ['show', 'r', 'P', 'sizelimit'].some(has))
    err(
      t,
      'the options --{sizelimit,partscan,read-only,show} are allowed during loop device setup only',
    );
  const free = freeLoop(machine.loops);
  if (file === undefined) {
    t.out.put(`/dev/${free.disk.name}\n`);
    return 0;
  }
  const status = yield* attach(call, free, file);
  if (status === 0 && has('show')) t.out.put(`/dev/${free.disk.name}\n`);
  return status;
}

function* attachNamed(call: LoopCall): Task<number> {
  const { t, has, operands } = call;
  const [device = '', file = ''] = operands;
  const name = device.startsWith('/') ? device : `/dev/${device}`;
  const loop = loopOf(call, name) ?? addNamed(call, name) ?? failDevice(call, name, file);
  const status = yield* attach(call, loop, file);
  if (status === 0 && has('show')) t.out.put(`${device}\n`);
  return status;
}

/** The name of what is no loop device is that of the file: only the file has got a call that fails. */
function failDevice({ t }: LoopCall, device: string, file: string): never {
  const found = resolve(t, device);
  const there = typeof found !== 'string' && found.node !== undefined;
  const errno = typeof found === 'string' ? found : there ? 'ENOTTY' : 'ENOENT';
  return err(t, `${there ? file : device}: failed to set up loop device: ${strerror(errno)}`);
}

/** A device that is not there yet is made (LOOP_CTL_ADD). */
function addNamed({ machine }: LoopCall, device: string): Loop | undefined {
  const number = /^\/dev\/loop(\d{1,5})$/.exec(device)?.[1];
  return number === undefined ? undefined : addLoop(machine.loops, Number(number));
}

function* attach(call: LoopCall, loop: Loop, name: string): Task<number> {
  const { t, machine, has } = call;
  const problem = (errno: Errno): never =>
    err(t, `${name}: failed to set up loop device: ${strerror(errno)}`);
  const backing = backingOf(t, name);
  if (typeof backing === 'string') return problem(backing);
  if (loop.setup !== null) return problem('EBUSY');
  const { node, path } = backing;
  const offset = sizeOf(t, call.value('o'), 'offset');
  const sizeLimit = sizeOf(t, call.value('sizelimit'), 'size');
  if (has('L')) checkOverlap(call, name, { path, offset, sizeLimit });
  const file = yield* node.open(t.process, path, { read: true, write: !has('r') });
  if (typeof file === 'string') return problem(file);
  const { process } = t;
  const medium = mediumOf(machine, node, file);
  const error = configureLoop(loop, {
    file: medium,
    nameOf: isMemoryFile(node) ? backingName(machine, node, path) : () => path,
    offset,
    sizeLimit,
    blockSize: sizeOf(t, call.value('b'), 'sector size') || SECTOR,
    readOnly: has('r'),
    partScan: has('P'),
    release: () => file.release(process),
  });
  if (error !== undefined) {
    file.release(process);
    return problem(error);
  }
  setDirect(loop, directIoAsked(call));
  changeUevent(machine, loop.disk);
  yield* warnOfSize(t, name, sizeLimit > 0 ? sizeLimit : medium.size() - offset);
  return 0;
}

interface Backing {
  readonly node: MemoryFile | DeviceNode;
  readonly path: string;
}

function backingOf(t: Tool, name: string): Backing | Errno {
  const found = resolve(t, name);
  if (typeof found === 'string') return found;
  const { node, path } = found;
  if (node === undefined) return 'ENOENT';
  if (node.kind === 'character') return 'EINVAL';
  if (node.kind === 'block' || isMemoryFile(node)) return { node, path };
  return refuse(t, `${name} behind a loop device`);
}

type LoopSetup = NonNullable<Loop['setup']>;

interface Place extends Pick<LoopSetup, 'offset' | 'sizeLimit'> {
  readonly path: string;
}

/** --nooverlap: no other device may have a part of these bytes. */
function checkOverlap({ t, machine }: LoopCall, name: string, place: Place): void {
  const endOf = ({ offset, sizeLimit }: Pick<Place, 'offset' | 'sizeLimit'>): number =>
    sizeLimit > 0 ? offset + sizeLimit : Infinity;
  for (const { setup } of machine.loops.loops.values()) {
    if (setup === null || setup.nameOf() !== place.path) continue;
    if (setup.offset === place.offset && setup.sizeLimit === place.sizeLimit) {
      refuse(t, 'a loop device of the same bytes with --nooverlap');
    }
    if (setup.offset < endOf(place) && place.offset < endOf(setup)) {
      err(t, `${name}: overlapping loop device exists`);
    }
  }
}

const SECTOR = 512;

function sizeOf(t: Tool, word: string | undefined, what: string): number {
  if (word === undefined) return 0;
  return parseSize(word) ?? err(t, `failed to parse ${what}: '${word}': Invalid argument`);
}

/** An offset beyond the end of the file makes the size, which is unsigned, a very large one. */
function* warnOfSize(t: Tool, name: string, size: number): Task<void> {
  if (size >= 0 && size < SECTOR)
    yield* warn(
      t,
      `${name}: Warning: file is smaller than 512 bytes; the loop device may be useless or invisible for system tools.`,
    );
  else if (size % SECTOR !== 0)
    yield* warn(
      t,
      `${name}: Warning: file does not fit into a 512-byte sector; the end of the file will be ignored.`,
    );
}
