// modprobe.ts — modprobe(8) and insmod(8), as far as labs use them.
import { refuse, complain, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import { errnoNumber, strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { DEBIAN_MODULES } from '../../debian-modules.ts';
import type { Machine } from '../../machine.ts';
import { isModule, loadModule, unloadModule } from '../../modules.ts';

export function modprobe(machine: Machine): Program {
  return tool((t) => main(t, machine));
}

function* main(t: Tool, machine: Machine): Task<number> {
  const words = t.args.filter((word) => word !== '-q' && word !== '--quiet' && word !== '-v');
  const [name, ...rest] = words;
  if (name === undefined) {
    yield* complain(t, 'modprobe: ERROR: missing parameters. See -h.\n');
    return 1;
  }
  if (name === '-r' || name === '--remove') return yield* remove(t, machine, rest);
  if (name.startsWith('-')) refuse(t, name);
  const module = name.replaceAll('-', '_');
  const parameters = new Map(
    rest.map((word) => {
      const eq = word.indexOf('=');
      if (eq < 0) return [word, '1'] as const;
      return [word.slice(0, eq), word.slice(eq + 1).replace(/^"([^"]*)"?$/, '$1')] as const;
    }),
  );
  // insmod of busybox asks by finit_module and, if that fails, by init_module: the kernel logs what is wrong twice.
  let error = loadModule(machine, module, parameters);
  if (error !== undefined && error !== 'not found') error = loadModule(machine, module, parameters);
  if (error === 'not found') {
    if (DEBIAN_MODULES.has(module)) refuse(t, `the module ${module}`);
    yield* complain(t, `modprobe: FATAL: Module ${module} not found.\n`);
    return 1;
  }
  if (error === undefined) return 0;
  yield* complain(t, `insmod: can't insert '/mods/${module}.ko': ${strerror(error)}\n`);
  return errnoNumber(error);
}

/** Stops at the first module that can't be removed. One that is not loaded is no error. */
function* remove(t: Tool, machine: Machine, words: readonly string[]): Task<number> {
  const option = words.find((word) => word.startsWith('-'));
  if (option !== undefined) refuse(t, option);
  if (words.length === 0) {
    yield* complain(t, 'modprobe: ERROR: missing parameters. See -h.\n');
    return 1;
  }
  for (const word of words) {
    const module = word.replaceAll('-', '_');
    const error = unloadModule(machine, module);
    if (error === undefined) continue;
    if (error === 'not simulated') refuse(t, `the end of ${module}`);
    if (error === 'ENOENT' && isModule(module)) continue;
    if (error === 'ENOENT' && DEBIAN_MODULES.has(module)) refuse(t, `the module ${module}`);
    const why = error === 'ENOENT' ? 'not found' : 'is in use';
    yield* complain(t, `modprobe: FATAL: Module ${module} ${why}.\n`);
    return 1;
  }
  return 0;
}
