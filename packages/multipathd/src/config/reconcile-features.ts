// reconcile-features.ts — Takes words out of `features` that have keywords of their own by now, as queue_if_no_path has. Mirrors libmultipath/propsel.c: reconcile_features_with_options.
import type { Log } from '../log.ts';
import type { Settings } from './settings.ts';
import { textOf } from './settings.ts';

const QUEUE = 'queue_if_no_path';
const RETAIN = 'retain_attached_hw_handler';

/** Takes the old words out of `features`: `no_path_retry` is `queue` then, unless it was said otherwise. `id` names it in messages. */
export function reconcileFeatures(settings: Settings, log: Log, id: string): void {
  const features = textOf(settings, 'features');
  if (features === undefined) return;
  if (features.includes(QUEUE)) {
    log.put(
      0,
      `${id}: option 'features "1 ${QUEUE}"' is deprecated, please use 'no_path_retry queue' instead`,
    );
    inheritQueueing(settings, log, id);
  }
  if (features.includes(RETAIN)) {
    log.put(0, `${id}: option 'features "1 ${RETAIN}"' is deprecated`);
    inheritRetaining(settings, log, id);
  }
  settings.set('features', removeFeature(removeFeature(features, QUEUE), RETAIN));
}

function inheritQueueing(settings: Settings, log: Log, id: string): void {
  const retry = textOf(settings, 'no_path_retry');
  if (retry === undefined) {
    settings.set('no_path_retry', 'queue');
    log.put(3, `${id}: no_path_retry = "queue" (inherited setting from feature '${QUEUE}')`);
  } else if (retry !== 'queue') {
    const shown = retry === 'fail' ? '"fail"' : retry;
    log.put(2, `${id}: ignoring feature '${QUEUE}' because no_path_retry is set to '${shown}'`);
  }
}

function inheritRetaining(settings: Settings, log: Log, id: string): void {
  const retain = textOf(settings, RETAIN);
  if (retain === undefined) {
    settings.set(RETAIN, 'yes');
    log.put(3, `${id}: ${RETAIN} = on (inherited setting from feature '${RETAIN}')`);
  } else if (retain === 'no') {
    log.put(2, `${id}: ignoring feature '${RETAIN}' because ${RETAIN} is set to 'off'`);
  }
}

/** `"3 queue_if_no_path pg_init_retries 5"` without the first is `"2 pg_init_retries 5"`. */
export function removeFeature(features: string, feature: string): string {
  const gone = feature.split(/\s+/).filter((word) => word !== '');
  const words = features.trim().split(/\s+/).slice(1);
  const at = words.findIndex((_, i) => gone.every((word, j) => words[i + j] === word));
  if (at >= 0) words.splice(at, gone.length);
  return [String(words.length), ...words].join(' ');
}

export function addFeature(features: string, feature: string): string {
  const words = features.trim().split(/\s+/).slice(1);
  const added = feature.split(/\s+/).filter((word) => word !== '');
  if (words.some((_, i) => added.every((word, j) => words[i + j] === word))) return features;
  return [String(words.length + added.length), ...words, ...added].join(' ');
}
