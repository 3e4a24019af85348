// libraries.ts — Logs, at verbosity 3, that checkers and prioritizers are loaded, which are shared libraries in life, and that the device mapper was asked for its version. Mirrors libmultipath/checkers.c: add_checker_class, prio.c: add_prio, devmapper.c: init_versions.
import type { Log } from './log.ts';
import type { Session } from './session.ts';

/** The libraries that are loaded, the last one first. */
export interface Libraries {
  checkers: readonly string[];
  prioritizers: readonly string[];
  knowsVersions: boolean;
}

export const createLibraries = (): Libraries => ({
  checkers: [],
  prioritizers: [],
  knowsVersions: false,
});

/** How many messages of its own each checker has. */
const MESSAGES: Readonly<Record<string, number>> = {
  tur: 3,
  directio: 3,
  emc_clariion: 9,
  rdac: 9,
  readsector0: 0,
  hp_sw: 0,
  cciss_tur: 0,
};

type Loader = Pick<Session, 'libraries' | 'log'>;

/** Loads a checker that comes with multipath-tools. A checker of the user's own is not a library. */
export function loadChecker({ libraries, log }: Loader, name: string): void {
  const messages = MESSAGES[name];
  if (messages === undefined || libraries.checkers.includes(name)) return;
  libraries.checkers = [name, ...libraries.checkers];
  log.put(3, `loading /lib/multipath/libcheck${name}.so checker`);
  log.put(3, `checker ${name}: message table size = ${messages}`);
}

export function loadPrioritizer({ libraries, log }: Loader, name: string): void {
  if (libraries.prioritizers.includes(name)) return;
  libraries.prioritizers = [name, ...libraries.prioritizers];
  log.put(3, `loading /lib/multipath/libprio${name}.so prioritizer`);
}

/** The libraries that are always loaded. */
export function loadLibraries(loader: Loader): void {
  loadChecker(loader, 'tur');
  loadPrioritizer(loader, 'const');
  loader.log.put(4, '_init_foreign: found libforeign-nvme.so');
  loader.log.put(3, '_init_foreign: foreign library "nvme" is not enabled');
}

/** Drops the references of all paths one by one, then unloads the libraries. */
export function unloadLibraries({ libraries, log, paths }: Loader & Pick<Session, 'paths'>): void {
  const checkers = paths.flatMap(({ checker }) => (checker === null ? [] : [checker.name]));
  const prioritizers = paths.flatMap(({ prioritizer }) => prioritizer?.name ?? []);
  for (let i = 0; i < Math.max(checkers.length, prioritizers.length); i++) {
    tellUsers(log, 'checker', checkers, i);
    tellUsers(log, 'prioritizer', prioritizers, i);
  }
  for (const name of libraries.checkers) log.put(3, `unloading ${name} checker`);
  for (const name of libraries.prioritizers) log.put(3, `unloading ${name} prioritizer`);
  Object.assign(libraries, { checkers: [], prioritizers: [] });
}

/** Logs, at verbosity 4, how many references to a checker are left after one was dropped: its own, those of paths, and those of checks that go on. */
export function tellCheckerUsers({ log, paths }: Users, name: string): void {
  const users = paths.filter(({ checker }) => checker?.name === name);
  const checks = users.flatMap(({ checker }) => [checker?.running ?? [], checker?.stalled ?? []]);
  const running = checks.flat().filter(({ result }) => result === null);
  log.put(4, `${name} checker refcount ${1 + users.length + running.length}`);
}

export function tellPrioritizerUsers({ log, paths }: Users, name: string): void {
  const users = paths.filter(({ prioritizer }) => prioritizer?.name === name);
  log.put(4, `${name} prioritizer refcount ${1 + users.length}`);
}

type Users = Pick<Session, 'log' | 'paths'>;

/** Logged before the first call of the device mapper. */
export function tellVersions({ libraries, log }: Loader): void {
  if (libraries.knowsVersions) return;
  libraries.knowsVersions = true;
  log.put(3, 'multipath-tools v0.9.4 (12/19, 2022)');
  log.put(3, 'libdevmapper version 1.02.185');
  log.put(3, 'kernel device mapper v4.48.0');
  log.put(3, 'DM multipath kernel driver v1.14.0');
}

/** Logs how many references are left once the first `gone` paths have dropped theirs. A library counts as its own user. */
function tellUsers(log: Log, kind: string, names: readonly string[], gone: number): void {
  const name = names[gone];
  if (name === undefined) return;
  const left = names.slice(gone + 1).filter((other) => other === name).length;
  log.put(4, `${name} ${kind} refcount ${left + 1}`);
}

export function tellOpenFiles(log: Log): void {
  log.put(3, 'set open fds limit to 1048576/1048576');
}
