// modprobe.ts — modprobe(8) and insmod(8), as far as labs use them.
import { refuse, complain, tool } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import { errnoNumber, strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { DEBIAN_MODULES } from '../../debian-modules.ts';
import type { Machine } from '../../machine.ts';
import { loadModule } from '../../modules.ts';

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
  if (name.startsWith('-')) refuse(t, name);
  const module = name.replaceAll('-', '_');
  const parameters = new Map(
    rest.map((word) => {
      const eq = word.indexOf('=');
      return eq < 0 ? ([word, '1'] as const) : ([word.slice(0, eq), word.slice(eq + 1)] as const);
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
