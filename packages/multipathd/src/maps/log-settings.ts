// log-settings.ts — At verbosity 3 the log has each setting of a map, and where it comes from. Mirrors libmultipath/propsel.c.
import { typeOf } from '../config/keywords.ts';
import { originForMap, originOfTimeout, ORIGIN } from '../config/origin.ts';
import { selectForMap, selectTimeout } from '../config/select.ts';
import type { Value } from '../config/settings.ts';
import type { Multipath } from '../multipath.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';

/** Says what a keyword of the map is, as a configuration would print it unless `shown` is given. */
export type Tell = (
  keyword: string,
  as?: {
    readonly name?: string;
    readonly shown?: string;
    readonly origin?: string;
    /** Not told when it comes from there. */
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

/** What is told of the retries: nobody has to say anything of them. */
export function tellNoPathRetry(tell: Tell, retry: Value | undefined): void {
  if (retry !== undefined) tell('no_path_retry');
  else tell('no_path_retry', { shown: 'undef', origin: ORIGIN.internal });
}

/** Mode and owner of the node, where somebody wants them. */
export function tellOwner({ config }: Session, { entry }: Multipath, tell: Tell): void {
  for (const keyword of ['mode', 'uid', 'gid']) {
    if (entry?.has(keyword) === true || config.defaults.has(keyword)) tell(keyword);
  }
}

/** fast_io_fail_tmo always, the others where they are set. */
export function tellTimeouts({ config, log }: Session, path: Path): void {
  if (log.verbosity < 3) return;
  for (const keyword of ['fast_io_fail_tmo', 'dev_loss_tmo', 'eh_deadline']) {
    const value = selectTimeout(config, path, keyword);
    if (value === undefined) continue;
    const origin = originOfTimeout(config, path, keyword);
    log.put(3, `${path.dev}: ${keyword} = ${typeOf(keyword).print(value)} (setting: ${origin})`);
  }
}
