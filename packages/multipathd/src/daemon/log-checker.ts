// log-checker.ts — Tells what the checker of a map's path says. Mirrors multipathd/main.c: LOG_MSG.
import type { Path } from '../path.ts';
import type { Daemon } from './daemon.ts';

export function logChecker({ log }: Pick<Daemon, 'log'>, path: Path, level: number): void {
  const name = path.map?.alias;
  if (name === undefined || path.checker === null) return;
  if (path.offline) {
    log.put(level, `${name}: ${path.dev} - path offline`);
    return;
  }
  const { checker } = path;
  if (checker.message === '') return;
  log.put(level, `${name}: ${path.dev} - ${checker.name} checker ${checker.message}`);
}
