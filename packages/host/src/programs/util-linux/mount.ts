import { complain, parseOptions, refuse, resolve, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
// mount.ts — mount(8) of the kernel's own file systems: debugfs must be mounted, the others already are.
import { clockOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';
import { createTmpfs } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';

export function mount(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

const KERNEL_FILE_SYSTEMS = new Set(['debugfs', 'proc', 'sysfs', 'tmpfs', 'devtmpfs']);

function* main(t: Tool, machine: Machine): Task<number> {
  const { has, value, operands } = parseOptions(t, { short: 't:o:', long: {} });
  const type = value('t') ?? '';
  const [source, target, ...rest] = operands;
  const known = has('t') && KERNEL_FILE_SYSTEMS.has(type) && (type === 'tmpfs' || !has('o'));
  if (!known || source === undefined || target === undefined || rest.length > 0)
    refuse(t, t.args.join(' '));
  const where = target.replace(/(.)\/$/, '$1');
  if (type === 'tmpfs') return yield* mountTmpfs(t, machine, { where, options: value('o') ?? '' });
  if (machine.mounts.has(where)) {
    yield* complain(t, `mount: mounting ${source} on ${target} failed: Device or resource busy\n`);
    return 255;
  }
  machine.mounts.set(where, type);
  return 0;
}

/** Puts a tmpfs in the place of a directory. Mirrors mm/shmem.c: shmem_parse_one. */
function* mountTmpfs(
  t: Tool,
  machine: Machine,
  { where, options }: { readonly where: string; readonly options: string },
): Task<number> {
  const found = resolve(t, where);
  if (typeof found === 'string' || found.node?.kind !== 'directory') {
    yield* complain(t, `mount: mounting none on ${where} failed: No such file or directory\n`);
    return 255;
  }
  const size = sizeOf(t, options) ?? machine.sim.limits.fileBytes;
  found.parent.link(found.name, createTmpfs(size, clockOf(machine.sim)));
  machine.mounts.set(found.path, 'tmpfs');
  return 0;
}

/** Parses `size=64k`. Returns undefined if the options don't give a size. */
function sizeOf(t: Tool, options: string): number | undefined {
  const words = options.split(',').filter((word) => word !== '' && !/^(?:rw|mode=\d+)$/.test(word));
  const [word, ...rest] = words;
  if (word === undefined) return undefined;
  const match = /^size=(\d+)([kKmMgG]?)$/.exec(word);
  if (match === null || rest.length > 0) refuse(t, `-o ${options}`);
  const power = ' kmg'.indexOf((match[2] ?? '').toLowerCase() || ' ');
  return Math.ceil((Number(match[1]) * 1024 ** power) / 4096) * 4096;
}
