// usr.ts — /usr: the programs as files, where Debian keeps them; what a lab installs stands beside them.
import { clockOf } from '@dmsim/libc';
import type { Directory, Program, RegularFile } from '@dmsim/vfs';
import { createDirectory, createTmpfs, linkLater } from '@dmsim/vfs';

import { isSystemProgram } from '../programs/system-programs.ts';
import { directoryOfDebian, refuseOfDebian } from '../unsimulated.ts';
import type { Userland } from '../userland.ts';

export function usrDirectory(machine: Userland): Directory {
  const usr = createDirectory();
  for (const name of OTHERS) linkLater(usr, name, () => directoryOfDebian(`/usr/${name}`));
  usr.link(
    'bin',
    programDirectory(machine, '/usr/bin', (name) => !isSystemProgram(name)),
  );
  usr.link('sbin', programDirectory(machine, '/usr/sbin', isSystemProgram));
  linkLater(usr, 'local', () =>
    createDirectory({ bin: createDirectory(), sbin: createDirectory() }),
  );
  return usr;
}

/** Other files of Debian. */
const OTHERS = ['include', 'lib', 'lib64', 'libexec', 'share', 'src'] as const;

/** Its programs can be found by name, but not listed: a Debian has many more. */
function programDirectory(
  machine: Userland,
  path: string,
  holds: (name: string) => boolean,
): Directory {
  const own = createTmpfs(machine.sim.limits.fileBytes, clockOf(machine.sim));
  const made = new Map<string, RegularFile>();
  const programFile = (name: string): RegularFile | undefined => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const program = machine.programs.get(name);
    if (program === undefined || !holds(name)) return undefined;
    const file = fileOf(program, `${path}/${name}`);
    made.set(name, file);
    return file;
  };
  return {
    kind: 'directory',
    mode: own.mode,
    entries: () => refuseOfDebian(path),
    lookup: (name) => own.lookup(name) ?? programFile(name),
    link: (name, node) => own.link(name, node),
    unlink(name) {
      if (own.lookup(name) === undefined && programFile(name) !== undefined)
        refuseOfDebian(`${path}/${name}`);
      return own.unlink(name);
    },
  };
}

const fileOf = (program: Program, path: string): RegularFile => ({
  kind: 'file',
  mode: 0o755,
  program,
  size: () => refuseOfDebian(path),
  open: () => refuseOfDebian(path),
  truncate: () => refuseOfDebian(path),
});
