// names.ts — Names as users write them and as the kernel has them: other characters than a few travel as \xNN. Mirrors libdevmapper's automatic name mangling.
import { textOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { lookupPath, ready } from '@dmsim/vfs';

import type { Run } from './run.ts';
import { logError } from './run.ts';

/** Characters that udev does not keep in names. */
const PLAIN = /^[0-9A-Za-z#+\-.:=@_]*$/;
const OTHERS = /[^0-9A-Za-z#+\-.:=@_]/g;
const MANGLED = /\\x[0-9a-fA-F]{2}/g;

/** Leaves a correctly mangled name as it is. Null if it is half mangled. */
export function mangle(name: string): string | null {
  if (PLAIN.test(name)) return name;
  const rest = name.replaceAll(MANGLED, '');
  if (rest === name) return name.replaceAll(OTHERS, hex);
  return rest.search(OTHERS) < 0 ? name : null;
}

const hex = (c: string): string => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;

export const unmangle = (name: string): string =>
  name.replaceAll(MANGLED, (code) => String.fromCharCode(Number.parseInt(code.slice(2), 16)));

export const MAX_NAME = 127;

/** The kernel's name for a device that is created or renamed. */
export function* newName(run: Run, name: string): Task<string | null> {
  if (name.includes('/')) {
    yield* logError(run, `Name "${name}" invalid. It contains "/".`);
    return null;
  }
  return yield* checkName(run, name);
}

function checkName(run: Run, name: string): Task<string | null> {
  const mangled = name.length > MAX_NAME ? null : mangle(name);
  return mangled === null ? badName(run, name) : ready(mangled);
}

function* badName(run: Run, name: string): Task<null> {
  if (name.length > MAX_NAME) {
    yield* logError(run, `Name "${name}" too long.`);
    return null;
  }
  yield* logError(
    run,
    `The name "${name}" contains mixed mangled and unmangled characters or it's already mangled improperly.`,
  );
  yield* logError(run, `Failed to mangle device name "${name}".`);
  return null;
}

/** DM_UUID_LEN, less the byte that ends it. */
export const MAX_UUID = 128;

export function* mangledUuid(run: Run, uuid: string): Task<string | null> {
  const mangled = mangle(uuid);
  if (mangled !== null && mangled.length <= MAX_UUID) return mangled;
  yield* logError(
    run,
    mangled === null
      ? `The UUID "${uuid}" contains mixed mangled and unmangled characters or it's already mangled improperly.`
      : `Mangled form of the UUID too long for "${uuid}".`,
  );
  yield* logError(run, `Failed to mangle device uuid "${uuid}".`);
  return null;
}

/** The kernel's name of a device that a user names by name or by the path of its node. */
export const deviceName = (run: Run, word: string): Task<string | null> =>
  word.includes('/') ? nameOfNode(run, word) : checkName(run, word);

function* nameOfNode(run: Run, word: string): Task<string | null> {
  const rdev = rdevOf(run, word);
  if (rdev === undefined) {
    yield* logError(run, `Device ${word} not found`);
    return null;
  }
  const base = word.slice(word.lastIndexOf('/') + 1);
  if (rdevOf(run, `/dev/mapper/${base}`) === rdev) return yield* checkName(run, base);
  const found = mapperNames(run).find((name) => rdevOf(run, `/dev/mapper/${name}`) === rdev);
  if (found !== undefined) return found;
  yield* logError(run, `Device ${base} not found`);
  return null;
}

/** The `M:m` of a device node; a text that equals no device's for other files; undefined without a file. */
function rdevOf({ tool }: Run, path: string): string | undefined {
  const { root, cwd } = tool.context;
  const node = lookupPath(textOf(path), { root, cwd });
  if (typeof node === 'string') return undefined;
  return node.kind === 'block' ? `${node.major}:${node.minor}` : `not a device: ${path}`;
}

export function mapperNames({ tool }: Run): readonly string[] {
  const directory = lookupPath('/dev/mapper', { root: tool.context.root, cwd: '/' });
  if (typeof directory === 'string' || directory.kind !== 'directory') return [];
  return directory.entries().filter((name) => name !== 'control');
}
