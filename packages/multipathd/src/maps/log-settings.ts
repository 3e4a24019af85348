// log-settings.ts — Logs, at verbosity 3, each setting of a map and its origin. Mirrors libmultipath/propsel.c.
import { typeOf } from '../config/keywords.ts';
import { originForMap, originOfTimeout, ORIGIN } from '../config/origin.ts';
import { selectForMap, selectTimeout } from '../config/select.ts';
import type { Value } from '../config/settings.ts';
import type { Multipath } from '../multipath.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';

/** Logs the value of a keyword, as a configuration would print it unless `shown` is given. */
export type Tell = (
  keyword: string,
  as?: {
    readonly name?: string;
    readonly shown?: string;
    readonly origin?: string;
    /** Values of this origin are not logged. */
    readonly unlessFrom?: string;
  },
) => void;

export function settingsLog({ log, config }: Session, map: Multipath): Tell {
  if (log.verbosity < 3) return () => {};
  return (keyword, { name = keyword, shown, origin, unlessFrom } = {}) => {
    const value = selectForMap(config, map, keyword);
    const text = shown ?? (value === undefined ? '' : typeOf(keyword).print(value));
    if (text === '') return;
    const from = origin ?? originForMap(config, map, keyword);
    if (from === unlessFrom) return;
    log.put(3, `${map.alias}: ${name} = ${text} (setting: ${from})`);
  };
}

/** The text for no_path_retry, which has no default. */
export function tellNoPathRetry(tell: Tell, retry: Value | undefined): void {
  if (retry !== undefined) tell('no_path_retry');
  else tell('no_path_retry', { shown: 'undef', origin: ORIGIN.internal });
}

/** Logs mode and owner of the node if they are configured. */
export function tellOwner({ config }: Session, { entry }: Multipath, tell: Tell): void {
  for (const keyword of ['mode', 'uid', 'gid']) {
    if (entry?.has(keyword) === true || config.defaults.has(keyword)) tell(keyword);
  }
}

/** Logs fast_io_fail_tmo always, and the others if they are set. */
export function tellTimeouts({ config, log }: Session, path: Path): void {
  if (log.verbosity < 3) return;
  for (const keyword of ['fast_io_fail_tmo', 'dev_loss_tmo', 'eh_deadline']) {
    const value = selectTimeout(config, path, keyword);
    if (value === undefined) continue;
    const origin = originOfTimeout(config, path, keyword);
    log.put(3, `${path.dev}: ${keyword} = ${typeOf(keyword).print(value)} (setting: ${origin})`);
  }
}
