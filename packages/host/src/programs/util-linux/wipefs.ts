// wipefs.ts — wipefs(8) of util-linux: lists what a disk is taken for, and takes it away.
import { findDevice, rescanPartitions } from '@dmsim/block';
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import { err, failUsage, openPath, parseOptions, refuse, tool } from '@dmsim/coreutils';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { MadeFileSystem } from '../../ext4/mounts.ts';
import type { Machine } from '../../machine.ts';
import { contentOf } from './content-of.ts';
import { labelOn } from './partition-tags.ts';
import type { Content } from './read-signature.ts';
import { blockNodeOf } from './read-signature.ts';

const SPEC: OptionSpec = {
  short: 'afinO:JpqV',
  long: {
    all: 'a',
    force: 'f',
    noheadings: 'i',
    json: 'J',
    'no-act': 'n',
    output: 'O:',
    parsable: 'p',
    quiet: 'q',
    version: 'V',
  },
  refused: 'bho:t',
  refusedLong: ['backup', 'lock', 'offset', 'types'],
};

interface Signature {
  readonly path: string;
  readonly offset: number;
  readonly bytes: readonly number[];
  readonly type: string;
  readonly uuid: string;
  readonly label: string;
  readonly isTable: boolean;
}

const GPT = Array.from('EFI PART', (char) => char.charCodeAt(0));
const BOOT = [0x55, 0xaa];

function signaturesOf(
  t: Tool,
  machine: Machine,
  path: string,
  content: Exclude<Content, 'blank'> | Errno | MadeFileSystem,
): readonly Signature[] {
  if (typeof content === 'object') {
    const { uuid, label } = content;
    return [
      { path, offset: 0x438, bytes: [0x53, 0xef], type: 'ext4', uuid, label, isTable: false },
    ];
  }
  const node = blockNodeOf(t, path);
  const dev =
    typeof node === 'string' ? undefined : findDevice(machine.layer, node.major, node.minor);
  const table = content === 'something' && dev !== undefined ? labelOn(dev) : null;
  if (dev === undefined || table === null)
    return refuse(t, `a disk with something on it, or that can't be read (${path})`);
  const nameless = { path, uuid: '', label: '', isTable: true };
  if (table.kind === 'dos') return [{ offset: 510, bytes: BOOT, type: 'dos', ...nameless }];
  return [
    { offset: 512, bytes: GPT, type: 'gpt', ...nameless },
    { offset: (dev.capacity - 1) * 512, bytes: GPT, type: 'gpt', ...nameless },
    { offset: 510, bytes: BOOT, type: 'PMBR', ...nameless },
  ];
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

interface Erasure {
  readonly path: string;
  readonly signatures: readonly Signature[];
  readonly say: boolean;
  readonly act: boolean;
}

function* erase(t: Tool, machine: Machine, { path, signatures, say, act }: Erasure): Task<void> {
  const file = yield* openPath(t, path, { read: true, write: true });
  if (typeof file === 'string') return err(t, `error: ${path}: ${strerror(file)}`);
  for (const { offset, bytes, type } of signatures) {
    const where = `offset 0x${offset.toString(16).padStart(8, '0')} (${type})`;
    if (say)
      t.out.put(
        `${path}: ${bytes.length} bytes were erased at ${where}: ${bytes.map(hex).join(' ')}\n`,
      );
    if (!act) continue;
    file.seek(offset, 'set');
    yield* file.write(t.process, new Uint8Array(bytes.length));
  }
  if (act) yield* file.sync(t.process);
  t.opened.delete(file);
  yield* file.linger(t.process);
  file.release(t.process);
  const node = blockNodeOf(t, path);
  const dev =
    typeof node === 'string' ? undefined : findDevice(machine.layer, node.major, node.minor);
  if (!act || dev === undefined || !signatures.some(({ isTable }) => isTable)) return;
  const error = rescanPartitions(dev);
  if (say)
    t.out.put(
      `${path}: calling ioctl to re-read partition table: ${error === undefined ? 'Success' : strerror(error)}\n`,
    );
}

function list(t: Tool, rows: readonly Signature[], heading: boolean): void {
  const cells = rows.map(({ path, offset, type, uuid, label }) => [
    path.slice(path.lastIndexOf('/') + 1),
    `0x${offset.toString(16)}`,
    type,
    uuid,
    label,
  ]);
  const titles = ['DEVICE', 'OFFSET', 'TYPE', 'UUID', 'LABEL'];
  const table = heading ? [titles, ...cells] : cells;
  const widths = titles.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
  for (const row of table)
    t.out.put(
      `${row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join(' ')}\n`,
    );
}

export const wipefs = (machine: Machine): Program => tool((t) => main(t, machine));

function* signaturesOn(t: Tool, machine: Machine, path: string): Task<readonly Signature[]> {
  const content = yield* contentOf(t, machine, path);
  if (content === 'ENOENT')
    err(t, `error: ${path}: probing initialization failed: ${strerror(content)}`);
  return content === 'blank' ? [] : signaturesOf(t, machine, path, content);
}

function* main(t: Tool, machine: Machine): Task<number> {
  const { has, operands } = parseOptions(t, SPEC);
  if (has('V')) {
    t.out.put('wipefs from util-linux 2.38.1\n');
    return 0;
  }
  if (operands.length === 0) failUsage(t, 'no device specified');
  const found: Signature[] = [];
  for (const path of operands) {
    const signatures = yield* signaturesOn(t, machine, path);
    if (has('a')) yield* erase(t, machine, { path, signatures, say: !has('q'), act: !has('n') });
    else found.push(...signatures);
  }
  if (found.length > 0) {
    if (has('J') || has('p') || has('O')) refuse(t, t.args.join(' '));
    list(t, found, !has('i'));
    return 0;
  }
  if (has('J') && !has('a')) t.out.put('{\n   "signatures": [\n\n   ]\n}\n');
  return 0;
}
